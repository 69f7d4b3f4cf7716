package io.spotplane.pricing.deadline;

import java.time.Duration;

/**
 * Work with a deadline, on the clock.
 *
 * @param work time of work on a machine that runs; more than 0
 * @param deadline time from the beginning until everything must be done; more than 0
 * @param startUp time that every start pays for without progress
 * @param loss most progress that a reclaim undoes
 */
public record Task(Duration work, Duration deadline, Duration startUp, Duration loss) {

    /** In ticks; what must be paid for is rounded up, what is left is rounded down. */
    public Job in(Duration tick) {
        return new Job(
                ticksUp(work, tick),
                Math.max(1, ticksDown(deadline, tick)),
                ticksUp(startUp, tick),
                ticksUp(loss, tick));
    }

    /** Whether on demand from the first moment on would be done in time. */
    public boolean feasible() {
        return work.plus(startUp).compareTo(deadline) <= 0;
    }

    static int ticksUp(Duration time, Duration tick) {
        return Math.toIntExact(Math.ceilDiv(time.toMillis(), tick.toMillis()));
    }

    static int ticksDown(Duration time, Duration tick) {
        return Math.toIntExact(Math.floorDiv(time.toMillis(), tick.toMillis()));
    }
}
