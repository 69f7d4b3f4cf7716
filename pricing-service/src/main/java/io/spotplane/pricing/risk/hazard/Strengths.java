package io.spotplane.pricing.risk.hazard;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * How alike things are, as the shape of the Gamma distribution of their effects around what they belong to: an effect varies with
 * {@code 1 / √strength}, and weighs as much as that many ends. Learnt from the data at hand by marginal likelihood; with few groups they stay
 * near the first guess.
 *
 * @param family of type families around spot capacity as such
 * @param region of a family's regions around the family
 * @param pool of pools around their region
 * @param bands of a pool's hazard in each age band around what its level makes expect; old machines of two pools differ more than young ones
 */
record Strengths(double family, double region, double pool, double[] bands) {

    /** Weakly held: a family may well be three times as bad as another, a pool twice its neighbour. */
    static final double FAMILY_GUESS = 1;

    static final double REGION_GUESS = 2;
    static final double POOL_GUESS = 2;
    static final double BAND_GUESS = 2;

    private static final double[] GRID = new double[25];
    /** Spread of the first guess: one standard deviation is a factor e. */
    private static final double DOUBT = 1;

    static {
        for (int at = 0; at < GRID.length; at++) {
            GRID[at] = 0.125 * Math.pow(2, at / 2.5);
        }
    }

    static Strengths firstGuess() {
        var bands = new double[AgeBand.COUNT];
        Arrays.fill(bands, BAND_GUESS);
        return new Strengths(FAMILY_GUESS, REGION_GUESS, POOL_GUESS, bands);
    }

    double band(int at) {
        return bands[at];
    }

    /** One group's ends, seen and expected from what it belongs to. */
    record Group(double seen, double expected) {}

    /** The likeliest strength for {@code groups}, whose first guess is {@code guess}. */
    static double likeliest(double guess, List<Group> groups) {
        double best = guess;
        double most = Double.NEGATIVE_INFINITY;
        for (double strength : GRID) {
            double doubt = Math.log(strength / guess) / DOUBT;
            double likelihood = -doubt * doubt / 2;
            for (var group : groups) {
                likelihood += negativeBinomial(group, strength);
            }
            if (likelihood > most) {
                most = likelihood;
                best = strength;
            }
        }
        return best;
    }

    /** Log-likelihood of the seen ends, the effect integrated out; without terms that do not depend on the strength. */
    static double negativeBinomial(Group group, double strength) {
        return Gamma.logGamma(strength + group.seen)
                - Gamma.logGamma(strength)
                - strength * Math.log1p(group.expected / strength)
                + (group.seen == 0 ? 0 : group.seen * Math.log(group.expected / (strength + group.expected)));
    }
}
