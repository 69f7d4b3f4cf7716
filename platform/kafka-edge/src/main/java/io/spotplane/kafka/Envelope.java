package io.spotplane.kafka;

import io.spotplane.contracts.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event without its data. The type is a name, so that an event of a later version can be sent by one that does not know it.
 *
 * @param id see {@link Event}, as all that is not said here
 * @param type the CloudEvents {@code type}
 * @param topic where to
 */
public record Envelope(
        String id,
        String type,
        String topic,
        String source,
        String subject,
        String tenant,
        long sequence,
        Instant time,
        @Nullable Instant expires,
        @Nullable String traceparent) {

    static Envelope of(Event<?> event) {
        return new Envelope(
                event.id(),
                event.type().wireName(),
                event.type().topic(),
                event.source(),
                event.subject(),
                event.tenant(),
                event.sequence(),
                event.time(),
                event.expires(),
                event.traceparent());
    }
}
