package io.spotplane.notification.delivery;

import io.spotplane.notification.channel.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt that was made.
 *
 * @param delivery what was sent
 * @param startedAt when it began
 * @param took how long it lasted
 * @param outcome what it met
 */
record Attempt(DueDelivery delivery, Instant startedAt, Duration took, AttemptOutcome outcome) {

    /** From 1 on. */
    int number() {
        return delivery.attempts() + 1;
    }

    Instant endedAt() {
        return startedAt.plus(took);
    }
}
