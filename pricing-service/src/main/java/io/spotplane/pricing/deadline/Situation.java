package io.spotplane.pricing.deadline;

/**
 * Everything that may be known when the next tick is decided. A spot machine that was just taken back is no longer held.
 *
 * @param ticksLeft whole ticks until the deadline
 * @param workLeft ticks of work still to do
 * @param holding what has been held until now
 * @param startUpLeft ticks until what is held begins to work; 0 when it works, and when nothing is held
 * @param ages for each pool how many ticks it has been as it is, this one included: positive while a machine can be had or kept, negative
 *     while none can; never 0
 */
public record Situation(int ticksLeft, int workLeft, Choice holding, int startUpLeft, int[] ages) {

    /** Whether a machine of {@code pool} can be had, or kept, in the tick to come. */
    public boolean up(int pool) {
        return ages[pool] > 0;
    }

    /** The first pool that has capacity, in the order given; -1 when none has. */
    int firstUp() {
        for (int pool = 0; pool < ages.length; pool++) {
            if (up(pool)) {
                return pool;
            }
        }
        return -1;
    }

    /** Whether the machine that is held already works. */
    boolean works() {
        return holding.kind() != Choice.Kind.IDLE && startUpLeft == 0;
    }

    /** Whether {@code choice} means a start, which costs the start-up. */
    boolean starts(Choice choice) {
        return choice.kind() != Choice.Kind.IDLE && !choice.equals(holding);
    }
}
