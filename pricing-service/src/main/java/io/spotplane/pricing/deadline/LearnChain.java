package io.spotplane.pricing.deadline;

import java.util.Arrays;
import java.util.List;

/**
 * Learns a pool's chances from its past. The chance of a band is the posterior mean under a prior worth {@value #PRIOR_TICKS} ticks at the side's overall
 * chance, so that a band that was hardly seen says what the side says. How finely ages are told apart is chosen by the likelihood of parts of the
 * past that the fit did not see: without evidence that age matters, it does not.
 */
public final class LearnChain {

    private static final double PRIOR_TICKS = 5;
    private static final int FOLDS = 4;

    /** First ages of bands that are tried, in seconds: none, three, six. */
    private static final List<int[]> BANDINGS =
            List.of(new int[] {}, new int[] {1_800, 10_800}, new int[] {600, 1_800, 3_600, 10_800, 43_200});

    private final List<int[]> bandings;

    /** For pasts whose ticks last {@code tickSeconds}. */
    public LearnChain(double tickSeconds) {
        bandings = BANDINGS.stream().map(seconds -> bands(seconds, tickSeconds)).toList();
    }

    private static int[] bands(int[] seconds, double tickSeconds) {
        return Arrays.stream(seconds)
                .map(from -> 1 + (int) Math.round(from / tickSeconds))
                .filter(from -> from > 1)
                .collect(() -> new java.util.TreeSet<>(List.of(1)), java.util.TreeSet::add, java.util.TreeSet::addAll)
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The chain of {@code past}. */
    public AvailabilityChain of(PoolPast past) {
        return new AvailabilityChain(side(past, 1), side(past, -1));
    }

    private AvailabilityChain.Side side(PoolPast past, int sign) {
        int[] best = bandings.getFirst();
        double most = Double.NEGATIVE_INFINITY;
        for (int[] banding : bandings) {
            double likelihood = heldOut(past.ages(), sign, banding);
            if (likelihood > most) {
                most = likelihood;
                best = banding;
            }
        }
        return count(past.ages(), sign, best, -1).side(best);
    }

    /** Log-likelihood of each quarter of the past under what the other three say. */
    private static double heldOut(int[] ages, int sign, int[] banding) {
        double sum = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            var learnt = count(ages, sign, banding, fold).side(banding);
            var seen = countOnly(ages, sign, banding, fold);
            for (int band = 0; band < banding.length; band++) {
                double leaves = learnt.chances()[band];
                sum += seen.left[band] * Math.log(leaves) + (seen.ticks[band] - seen.left[band]) * Math.log1p(-leaves);
            }
        }
        return sum;
    }

    private static Tally count(int[] ages, int sign, int[] banding, int without) {
        var tally = new Tally(banding.length);
        for (int fold = 0; fold < FOLDS; fold++) {
            if (fold != without) {
                tally.add(ages, sign, banding, fold);
            }
        }
        return tally;
    }

    private static Tally countOnly(int[] ages, int sign, int[] banding, int fold) {
        var tally = new Tally(banding.length);
        tally.add(ages, sign, banding, fold);
        return tally;
    }

    private static final class Tally {
        final double[] ticks;
        final double[] left;

        Tally(int bands) {
            ticks = new double[bands];
            left = new double[bands];
        }

        void add(int[] ages, int sign, int[] banding, int fold) {
            int last = ages.length - 1;
            int to = (int) ((long) last * (fold + 1) / FOLDS);
            for (int at = (int) ((long) last * fold / FOLDS); at < to; at++) {
                int age = ages[at] * sign;
                if (age > 0) {
                    int band = new AvailabilityChain.Side(banding, left).band(age);
                    ticks[band]++;
                    left[band] += ages[at + 1] * sign < 0 ? 1 : 0;
                }
            }
        }

        /** A side that was never left may still be left: half a time in what was seen and a prior's worth more. */
        AvailabilityChain.Side side(int[] banding) {
            double overall =
                    (Arrays.stream(left).sum() + 0.5) / (Arrays.stream(ticks).sum() + 10 * PRIOR_TICKS);
            var chances = new double[banding.length];
            for (int band = 0; band < chances.length; band++) {
                double chance = (left[band] + PRIOR_TICKS * overall) / (ticks[band] + PRIOR_TICKS);
                chances[band] = Math.clamp(chance, 1e-6, 0.999);
            }
            return new AvailabilityChain.Side(banding, chances);
        }
    }
}
