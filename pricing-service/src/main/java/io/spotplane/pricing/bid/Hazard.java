package io.spotplane.pricing.bid;

import org.apache.commons.math3.distribution.GammaDistribution;

/**
 * How often machines at a rung are lost, as a Gamma belief: {@code events} losses in {@code days} of holding.
 *
 * @param events losses, seen and presumed; more than 0
 * @param days days of holding, observed and presumed; more than 0
 */
record Hazard(double events, double days) {

    private static final double TAIL = 0.05;

    Hazard {
        if (!(events > 0) || !(days > 0)) {
            throw new IllegalArgumentException(
                    "hazard is " + events + " in " + days + " days, expected more than 0 of both");
        }
    }

    /** Expected losses a day. */
    double perDay() {
        return events / days;
    }

    /** This belief with the weight of {@code strength} days, and what was seen on top. */
    Hazard with(double strength, double seenEvents, double seenDays) {
        return new Hazard(strength * perDay() + seenEvents, strength + seenDays);
    }

    /** The chance to survive for {@code days}. */
    Survival over(double days) {
        return survival(perDay() * days, events);
    }

    /** The chance to survive a cumulative hazard that rests on {@code events} losses. */
    static Survival survival(double cumulative, double events) {
        var spread = new GammaDistribution(null, events, 1 / events);
        return new Survival(
                Math.exp(-cumulative),
                Math.exp(-cumulative * spread.inverseCumulativeProbability(1 - TAIL)),
                Math.exp(-cumulative * spread.inverseCumulativeProbability(TAIL)));
    }
}
