package io.spotplane.pricing.deadline;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.LongFunction;

/**
 * How a policy would fare over many runs. A weight is a price in ticks on demand: 100 is what 100 ticks on demand cost.
 *
 * @param mean the mean weight
 * @param weights the weight of each run, ascending
 * @param usesOnDemand share of the runs that ever pay on demand
 * @param onDemandTicks mean ticks on demand
 * @param starts mean number of starts
 */
record Spread(double mean, double[] weights, double usesOnDemand, double onDemandTicks, double starts) {

    /** Plays {@code policy} {@code runs} times, on the weather of the seeds from {@code seed} on. */
    static Spread of(
            Job job, Policy policy, double[] rates, int runs, long seed, LongFunction<Replay.Weather> weather) {
        var weights = new double[runs];
        double bought = 0;
        double onDemand = 0;
        double starts = 0;
        for (int run = 0; run < runs; run++) {
            var outcome = new Replay(job, policy).on(weather.apply(seed + run));
            weights[run] = outcome.weight(rates);
            bought += outcome.onDemandTicks() > 0 ? 1 : 0;
            onDemand += outcome.onDemandTicks();
            starts += outcome.starts();
        }
        Arrays.sort(weights);
        return new Spread(
                Arrays.stream(weights).average().orElseThrow(), weights, bought / runs, onDemand / runs, starts / runs);
    }

    /** The weight that {@code percent} of a hundred runs stay below. */
    double percentile(int percent) {
        return weights[Math.min(weights.length - 1, weights.length * percent / 100)];
    }

    /** The share of the runs whose weight satisfies {@code limit}. */
    double shareUpTo(DoublePredicate limit) {
        return (double) Arrays.stream(weights).filter(limit).count() / weights.length;
    }
}
