package io.spotplane.notification.delivery;

import io.spotplane.notification.channel.Message;
import io.spotplane.notification.channel.SigningSecret;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process has leased for one attempt.
 *
 * @param id the delivery
 * @param token of the lease; without it nothing can be written about the attempt
 * @param subscriptionId the subscription
 * @param tenant whose it is
 * @param eventId the event's id
 * @param eventType CloudEvents type
 * @param envelope the structured CloudEvent
 * @param traceparent W3C trace context; null for none
 * @param happenedAt when the event happened
 * @param expires deadline of a notice; null for other events
 * @param step where it stands in the schedule
 * @param attempts how many were made before
 * @param url where to
 * @param secret to sign with
 */
record DueDelivery(
        UUID id,
        UUID token,
        UUID subscriptionId,
        String tenant,
        String eventId,
        String eventType,
        String envelope,
        @Nullable String traceparent,
        Instant happenedAt,
        @Nullable Instant expires,
        int step,
        int attempts,
        String url,
        SigningSecret secret) {

    /** Whether the deadline has passed at {@code now}. */
    boolean isLateAt(Instant now) {
        return expires != null && now.isAfter(expires);
    }

    /** What goes out at {@code now}. */
    Message messageAt(Instant now) {
        return new Message(eventId, eventType, envelope, traceparent, isLateAt(now), URI.create(url), secret);
    }
}
