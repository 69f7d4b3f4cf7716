package io.spotplane.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * When to try again. Steps 0–4 are the fast lane of notices (1, 2, 5, 10, 20 s), taken only while the notice is not yet history;
 * from step 5 on it is the schedule of Svix (5 s … 10 h), jittered by a fifth so that receivers that come back are not
 * overrun. After the last step there is no more.
 */
final class RetrySchedule {

    private static final List<Duration> FAST = seconds(1, 2, 5, 10, 20);
    private static final List<Duration> NORMAL = seconds(5, 300, 1_800, 7_200, 18_000, 36_000, 36_000);
    private static final double JITTER = 0.2;

    private final DoubleSupplier random;

    /** {@code random}: evenly from 0 to 1. */
    RetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    /** Where an event starts: with the fast lane if it is a notice, otherwise behind it. */
    static int firstStep(@Nullable Instant expires) {
        return expires == null ? FAST.size() : 0;
    }

    /** The next try after one that failed at {@code now}; empty when all were used. */
    Optional<Retry> after(int step, Instant now, @Nullable Instant expires) {
        if (step < FAST.size()) {
            var wait = FAST.get(step);
            return expires != null && now.plus(wait).isBefore(expires)
                    ? Optional.of(new Retry(wait, step + 1))
                    : after(FAST.size(), now, expires);
        }
        var normal = step - FAST.size();
        return normal < NORMAL.size()
                ? Optional.of(new Retry(jittered(NORMAL.get(normal)), step + 1))
                : Optional.empty();
    }

    private Duration jittered(Duration wait) {
        var factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }

    private static List<Duration> seconds(long... seconds) {
        return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    /**
     * Another try.
     *
     * @param pause until then
     * @param step where it then stands
     */
    record Retry(Duration pause, int step) {}
}
