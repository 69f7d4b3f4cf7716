package io.spotplane.provisioning.offering;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.MarketSwept;
import io.spotplane.contracts.event.OfferingRepriced;
import io.spotplane.contracts.event.OfferingWithdrawn;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.outbox.Inbox;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the view up to date. Waits for each record, because order per offering matters. */
@Component
class OfferingsListener {

    private static final String CONSUMER = "provisioning.offerings";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EventCodec codec;
    private final Inbox inbox;
    private final Offerings offerings;

    OfferingsListener(EventCodec codec, Inbox inbox, Offerings offerings) {
        this.codec = codec;
        this.inbox = inbox;
        this.offerings = offerings;
    }

    @KafkaListener(topics = Topics.OFFERINGS, groupId = CONSUMER)
    void on(ConsumerRecord<String, byte[]> record) {
        codec.read(record)
                .ifPresent(event ->
                        inbox.once(CONSUMER, event.id(), effectOf(event)).block(LIMIT));
    }

    private Mono<Void> effectOf(Event<?> event) {
        return switch (event.data()) {
            case OfferingRepriced repriced -> offerings.put(repriced.offering());
            case OfferingWithdrawn withdrawn -> offerings.withdraw(withdrawn.offeringId());
            case MarketSwept swept -> offerings.confirm(swept.provider(), swept.asOf());
            default -> Mono.empty();
        };
    }
}
