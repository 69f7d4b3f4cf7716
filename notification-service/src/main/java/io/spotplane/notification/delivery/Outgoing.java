package io.spotplane.notification.delivery;

import io.spotplane.contracts.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to go out.
 *
 * @param eventId the event's id
 * @param type CloudEvents type
 * @param tenant whose it is
 * @param envelope the structured CloudEvent
 * @param traceparent W3C trace context; null for none
 * @param happenedAt when it happened
 * @param expires deadline of a notice; null for other events
 */
public record Outgoing(
        String eventId,
        String type,
        String tenant,
        String envelope,
        @Nullable String traceparent,
        Instant happenedAt,
        @Nullable Instant expires) {

    /** {@code event} in its {@code envelope}. */
    public static Outgoing of(Event<?> event, String envelope) {
        return new Outgoing(
                event.id(),
                event.type().wireName(),
                event.tenant(),
                envelope,
                event.traceparent(),
                event.time(),
                event.expires());
    }
}
