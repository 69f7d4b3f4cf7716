package io.spotplane.pricing.recommendation.exact;

import org.jspecify.annotations.Nullable;

/** The best solution so far, numbered like the program before its reduction. */
final class Incumbent {

    private final IntegerProgram original;
    private final Reduction reduction;
    private final boolean improving;
    private int @Nullable [] x;
    private long cost = Long.MAX_VALUE;

    /** Nothing yet; {@code improving} says whether what is found is made better by exchanges before it is taken. */
    Incumbent(IntegerProgram original, Reduction reduction, boolean improving) {
        this.improving = improving;
        this.original = original;
        this.reduction = reduction;
    }

    /** Takes a guess about the original program, if it is a solution. */
    void guess(int[] guess) {
        if (original.admits(guess)) {
            take(guess, original.cost(guess));
        }
    }

    /** Takes {@code found}, of the reduced program, if it is a better solution; nothing costs less than {@code bound}. */
    void consider(int[] found, long bound) {
        var program = reduction.program();
        if (program.admits(found) && program.cost(found) < cost) {
            var better = improving ? Exchange.improved(program, found, bound) : found;
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
