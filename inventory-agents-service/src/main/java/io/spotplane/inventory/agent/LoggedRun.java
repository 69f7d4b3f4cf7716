package io.spotplane.inventory.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent's last run, as every replica sees it.
 *
 * @param agent its name
 * @param startedAt when the last look began
 * @param took how long it took
 * @param serial how long its remote calls took, summed
 * @param calls how many remote calls it made
 * @param outcome as {@link Outcome#wireName()}
 * @param error why it was not believed; null when it was
 * @param consecutiveFailures looks since the last believed one
 * @param lastSuccessAt when the last believed look began; null when there never was one
 * @param believedSize size of the last believed list; null when there never was one
 */
public record LoggedRun(
        String agent,
        Instant startedAt,
        Duration took,
        Duration serial,
        int calls,
        String outcome,
        @Nullable String error,
        int consecutiveFailures,
        @Nullable Instant lastSuccessAt,
        @Nullable Integer believedSize) {

    /** How many times faster than its calls one after another; null when it made none. */
    public @Nullable Double speedUp() {
        return calls == 0 || took.isZero() ? null : round((double) serial.toNanos() / took.toNanos());
    }

    /** Items seen in a second of the last look; null when it was not believed. */
    public @Nullable Double itemsPerSecond() {
        return believedSize == null || error != null || took.isZero()
                ? null
                : round(believedSize * 1e9 / took.toNanos());
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
