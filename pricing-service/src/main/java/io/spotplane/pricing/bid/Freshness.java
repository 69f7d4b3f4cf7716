package io.spotplane.pricing.bid;

import java.time.Duration;
import java.time.Instant;

/**
 * How much the past counts: half as much for each half-life that it lies back.
 *
 * @param nowSecond from which epoch second it is looked back
 * @param halfLifeSeconds the half-life
 */
record Freshness(double nowSecond, double halfLifeSeconds) {

    static Freshness at(Instant now, Duration halfLife) {
        return new Freshness(now.getEpochSecond(), halfLife.toSeconds());
    }

    /** The weight of what happened at {@code second}; never more than 1. */
    double at(double second) {
        return Math.pow(0.5, Math.max(nowSecond - second, 0) / halfLifeSeconds);
    }

    /** The mean weight of the time between two epoch seconds. */
    double between(double from, double until) {
        var decay = Math.log(2) / halfLifeSeconds;
        return (at(until) - at(from)) / (decay * (until - from));
    }
}
