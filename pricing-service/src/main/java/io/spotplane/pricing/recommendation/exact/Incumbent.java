package io.spotplane.pricing.recommendation.exact;

import org.jspecify.annotations.Nullable;

/** The best solution so far, numbered like the program before its reduction. */
final class Incumbent {

    private final IntegerProgram original;
    private int @Nullable [] x;
    private long cost = Long.MAX_VALUE;

    Incumbent(IntegerProgram original) {
        this.original = original;
    }

    /** Takes a guess about the original program, if it is a solution. */
    void guess(int[] guess) {
        if (original.admits(guess)) {
            take(guess, original.cost(guess));
        }
    }

    /**
     * Takes {@code found}, which is of the program that {@code reduction} left, if it is a better solution.
     *
     * @param bound when not the largest number, exchanges try to make it still better, but nothing costs less than this
     */
    void consider(int[] found, Reduction reduction, long bound) {
        var program = reduction.program();
        if (program.admits(found) && program.cost(found) < cost) {
            var better = Exchange.improved(program, found, bound);
            take(reduction.spread(better), program.cost(better));
        }
    }

    private void take(int[] candidate, long candidateCost) {
        if (candidateCost < cost) {
            x = candidate;
            cost = candidateCost;
        }
    }

    int @Nullable [] x() {
        return x;
    }

    /** What it costs; the largest number while there is none. */
    long cost() {
        return cost;
    }
}
