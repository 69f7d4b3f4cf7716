package io.spotplane.pricing.risk.hazard;

import org.apache.commons.math3.distribution.GammaDistribution;

/**
 * What is known of a rate, or of a rate times hours: a Gamma distribution.
 *
 * @param shape more is surer; above 0
 * @param rate {@code shape / mean}; above 0
 */
public record GammaRate(double shape, double rate) {

    private static final double LEAST = 1e-12;

    /** The one with this mean and variance; a mean of 0 is as good as 0. */
    static GammaRate of(double mean, double variance) {
        double safeMean = Math.max(mean, LEAST);
        double safeVariance = Math.max(variance, safeMean * safeMean * 1e-9);
        return new GammaRate(safeMean * safeMean / safeVariance, safeMean / safeVariance);
    }

    /** The expected rate. */
    public double mean() {
        return shape / rate;
    }

    /** Its variance. */
    public double variance() {
        return shape / (rate * rate);
    }

    /** The rate below which the truth lies with probability {@code p}. */
    public double quantile(double p) {
        return new GammaDistribution(null, shape, 1 / rate).inverseCumulativeProbability(p);
    }

    /** The chance that nothing happens, when this is the expected number: {@code E[exp(-x)]}. */
    public double chanceOfNone() {
        return Math.exp(-shape * Math.log1p(1 / rate));
    }
}
