package io.spotplane.simulator.behaviour;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A log-normal distribution of answer times, as remote calls have: most near the median, a long tail.
 *
 * @param p99 99 of 100 calls are faster; no call takes more than twice as long
 */
public record Latency(Duration median, Duration p99) {

    private static final double STANDARD_DEVIATIONS_AT_P99 = 2.326;

    public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

    public Latency {
        if (median.isNegative() || p99.compareTo(median) < 0) {
            throw new IllegalArgumentException("latency p99 %s is below its median %s".formatted(p99, median));
        }
    }

    Duration sample(RandomGenerator random) {
        if (median.isZero()) {
            return Duration.ZERO;
        }
        double sigma = Math.log((double) p99.toNanos() / median.toNanos()) / STANDARD_DEVIATIONS_AT_P99;
        double nanos = median.toNanos() * Math.exp(sigma * random.nextGaussian());
        return Duration.ofNanos(Math.min((long) nanos, 2 * p99.toNanos()));
    }
}
