package io.spotplane.benchmarks.deadline;

import io.spotplane.benchmarks.deadline.Field.Runner;
import io.spotplane.pricing.deadline.Replay;
import java.util.List;
import java.util.Map;

/**
 * What a runner made of all runs, beside the clairvoyant and beside the better of greedy and Uniform Progress in each run.
 *
 * @param ofClairvoyant sum of costs over the clairvoyant's sum
 * @param meanRatio mean over the runs of the cost over the clairvoyant's
 * @param ofOnDemand mean cost over the work on demand
 * @param worst worst run beside the better peer
 * @param over share of the runs that cost more than 1.02 times the better peer
 * @param starts mean starts
 * @param missed deadlines missed
 */
record Standing(
        double ofClairvoyant,
        double meanRatio,
        double ofOnDemand,
        double worst,
        double over,
        double starts,
        int missed) {

    static Standing of(Runner runner, List<Map<Runner, Replay.Outcome>> runs, double[] rates, int work) {
        double sum = 0;
        double best = 0;
        double ratios = 0;
        double worst = 0;
        int over = 0;
        double starts = 0;
        int missed = 0;
        for (var run : runs) {
            var own = run.get(runner);
            double weight = own.weight(rates);
            double least = run.get(Runner.CLAIRVOYANT).weight(rates);
            double peer = Math.min(
                    run.get(Runner.GREEDY).weight(rates),
                    run.get(Runner.UNIFORM_PROGRESS).weight(rates));
            sum += weight;
            best += least;
            ratios += weight / least;
            worst = Math.max(worst, weight / peer);
            over += weight > 1.02 * peer ? 1 : 0;
            starts += own.starts();
            missed += own.finished() ? 0 : 1;
        }
        int n = runs.size();
        return new Standing(sum / best, ratios / n, sum / n / work, worst, (double) over / n, starts / n, missed);
    }
}
