package io.spotplane.pricing.risk;

import java.time.Duration;

/**
 * What is known about spot capacity being taken back. Answers for every pool: one that was never observed gets what is known of its region,
 * its provider, or of spot capacity at all, and says so by a wider interval.
 */
public interface ReclaimRisk {

    /** The chance that a machine of {@code pool} that has run for {@code age} still runs after another {@code horizon}. */
    Survival survival(Pool pool, Duration age, Duration horizon);

    /** Expected reclaims an hour of a machine of {@code pool} that has run for {@code age}. */
    double hazardPerHour(Pool pool, Duration age);

    /**
     * How many times likelier {@code other} loses a machine when {@code pool} just lost one than at any other time: 1 when they are
     * independent, more when they fail together. Symmetric.
     */
    double togetherness(Pool pool, Pool other);

    /**
     * A probability with its uncertainty.
     *
     * @param probability the estimate, 0 to 1
     * @param low lower end of the 90 % credible interval
     * @param high upper end of the 90 % credible interval
     * @param basis what it rests on, for people: {@code 214 reclaims of this pool}, {@code no observation of this pool; region prior}
     */
    record Survival(double probability, double low, double high, String basis) {}
}
