package io.spotplane.pricing.deadline;

/**
 * Work with a deadline, in whole ticks: durations of work, start-up and loss are rounded up, the time until the deadline is rounded down, so
 * that what is kept in ticks is kept on the clock.
 *
 * @param work ticks of work on a machine that runs; at least 1
 * @param deadline ticks from now until everything must be done; at least 1
 * @param startUp ticks that every start pays for without progress: a new machine, or one of the other kind; 0 or more
 * @param loss most ticks of progress that a reclaim undoes, because they were not saved yet; 0 or more
 */
public record Job(int work, int deadline, int startUp, int loss) {

    public Job {
        if (work < 1 || deadline < 1 || startUp < 0 || loss < 0) {
            throw new IllegalArgumentException("work " + work + ", deadline " + deadline + ", start-up " + startUp
                    + ", loss " + loss + ": expected at least 1, 1, 0, 0");
        }
    }

    /** Whether on demand from the first tick on would be done in time. */
    public boolean feasible() {
        return work + startUp <= deadline;
    }

    /** Ticks that may pass without progress, the first start included. */
    public int slack() {
        return deadline - work;
    }
}
