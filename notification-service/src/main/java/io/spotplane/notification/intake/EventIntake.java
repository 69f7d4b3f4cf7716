package io.spotplane.notification.intake;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.RequestChanged;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.notification.delivery.QueueDeliveries;
import io.spotplane.notification.stream.Envelope;
import io.spotplane.notification.stream.EventLog;
import io.spotplane.outbox.Inbox;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What tenants can hear of: into the stream's log and, for each subscription that wants it, into the deliveries. */
@Component
class EventIntake {

    private static final String CONSUMER = "notification.events";
    private static final String NOTICES = "notification.notices";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EventCodec codec;
    private final Inbox inbox;
    private final Envelope envelope;
    private final EventLog log;
    private final QueueDeliveries deliveries;

    EventIntake(EventCodec codec, Inbox inbox, Envelope envelope, EventLog log, QueueDeliveries deliveries) {
        this.codec = codec;
        this.inbox = inbox;
        this.envelope = envelope;
        this.log = log;
        this.deliveries = deliveries;
    }

    @KafkaListener(
            topics = {Topics.REQUESTS, Topics.INSTANCES, Topics.PRICE_ALERTS},
            groupId = CONSUMER)
    void onChange(ConsumerRecord<String, byte[]> record) {
        keepOnce(record);
    }

    /** Threads of its own: a notice does not queue behind anything else. */
    @KafkaListener(topics = Topics.INTERRUPTIONS, groupId = NOTICES)
    void onInterruption(ConsumerRecord<String, byte[]> record) {
        keepOnce(record);
    }

    private void keepOnce(ConsumerRecord<String, byte[]> record) {
        codec.read(record)
                .ifPresent(event -> inbox.once(CONSUMER, event.id(), keep(event, record.value()))
                        .block(LIMIT));
    }

    /** The log last: its append locks the tenant's head until the commit. */
    private Mono<Void> keep(Event<?> event, byte[] data) {
        return Mono.defer(() -> {
            var text = envelope.around(event, data);
            var requestId = requestOf(event.data());
            return deliveries.of(event, requestId, text).then(log.append(event, requestId, text));
        });
    }

    private static @Nullable String requestOf(Object data) {
        return switch (data) {
            case RequestChanged request -> request.requestId();
            case InstanceTransitioned instance -> instance.requestId();
            case Interruption interruption -> interruption.requestId();
            default -> null;
        };
    }
}
