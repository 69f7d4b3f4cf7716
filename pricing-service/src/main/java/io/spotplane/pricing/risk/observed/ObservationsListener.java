package io.spotplane.pricing.risk.observed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.outbox.Inbox;
import io.spotplane.pricing.measure.PricingMeasure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Learns from what happens to our machines, each event once. */
@Component
class ObservationsListener {

    private static final String CONSUMER = "pricing.risk";
    private static final Set<String> HEARD = Set.of(Topics.INSTANCES, Topics.INTERRUPTIONS);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EventCodec codec;
    private final Inbox inbox;
    private final R2dbcObservations observations;
    private final MeterRegistry meters;

    ObservationsListener(EventCodec codec, Inbox inbox, R2dbcObservations observations, MeterRegistry meters) {
        this.codec = codec;
        this.inbox = inbox;
        this.observations = observations;
        this.meters = meters;
        Arrays.stream(EventType.values())
                .filter(type -> HEARD.contains(type.topic()))
                .forEach(this::observations);
    }

    private Counter observations(EventType type) {
        return meters.counter(PricingMeasure.RISK_OBSERVATIONS.meterName(), "type", type.name());
    }

    @KafkaListener(
            topics = {Topics.INSTANCES, Topics.INTERRUPTIONS},
            groupId = CONSUMER)
    void on(ConsumerRecord<String, byte[]> record) {
        codec.read(record).ifPresent(this::observe);
    }

    private void observe(Event<?> event) {
        var fresh = inbox.once(CONSUMER, event.id(), effectOf(event)).block(LIMIT);
        if (Boolean.TRUE.equals(fresh)) {
            observations(event.type()).increment();
        }
    }

    private Mono<Void> effectOf(Event<?> event) {
        return switch (event.data()) {
            case InstanceTransitioned change -> observations.heard(change);
            case Interruption interruption -> observations.heard(interruption);
            default -> Mono.empty();
        };
    }
}
