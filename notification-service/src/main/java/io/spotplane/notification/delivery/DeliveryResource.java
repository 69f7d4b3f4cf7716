package io.spotplane.notification.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its subscriber's owner sees it.
 *
 * @param state {@code PENDING}, {@code DELIVERED} or {@code ABANDONED}
 * @param nextAttemptAt when it is tried (again); null when it has ended
 * @param reason why it was given up; null otherwise
 * @param history every attempt, oldest first
 */
record DeliveryResource(
        UUID id,
        UUID subscriptionId,
        String eventId,
        String eventType,
        String state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant expires,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant endedAt,
        List<Tried> history) {

    /**
     * One attempt.
     *
     * @param outcome short and stable, such as {@code accepted} or {@code timed_out}
     * @param status the HTTP status; null when there was none
     * @param late whether the deadline of a notice had passed
     */
    record Tried(
            int number,
            Instant startedAt,
            long durationMs,
            String outcome,
            @Nullable Integer status,
            String detail,
            boolean late) {}
}
