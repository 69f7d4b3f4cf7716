package io.spotplane.pricing.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert of a tenant.
 *
 * @param id the alert
 * @param definition what it is set for
 * @param state whether it may be raised, or is
 * @param generation how often it was raised
 * @param cause what raised it; null while it is armed
 * @param changedAt when its state changed last
 * @param createdAt when it was made
 * @param judgedAt when every market had spoken about it for the first time; null until then
 */
record PriceAlert(
        UUID id,
        AlertDefinition definition,
        State state,
        long generation,
        @Nullable Cause cause,
        Instant changedAt,
        Instant createdAt,
        @Nullable Instant judgedAt) {

    /** How an alert stands. */
    enum State {
        /** What it is set for does not hold. */
        ARMED,
        /** It holds, and was told of. */
        RAISED
    }
}
