package io.spotplane.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The simulator's clock: the wall clock, moved forward on command. */
public final class World implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    /** Moves on; never back. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time only moves on, not by " + by);
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }

    /** Back to the wall clock. */
    public void reset() {
        ahead.set(Duration.ZERO);
    }
}
