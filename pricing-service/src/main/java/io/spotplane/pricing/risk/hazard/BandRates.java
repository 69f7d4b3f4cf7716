package io.spotplane.pricing.risk.hazard;

/**
 * The hazard of one pool by age band, with its uncertainty: what is the bands' own, and what they share (the level of the pool, of its region
 * and family).
 */
public final class BandRates {

    private final double[] mean;
    private final double[] ownVariance;
    private final double[] sharedDeviation;
    private final Basis basis;

    BandRates(double[] mean, double[] ownVariance, double[] sharedDeviation, Basis basis) {
        this.mean = mean;
        this.ownVariance = ownVariance;
        this.sharedDeviation = sharedDeviation;
        this.basis = basis;
    }

    /** Expected ends an hour in {@code band}. */
    public GammaRate perHour(AgeBand band) {
        int at = band.ordinal();
        return GammaRate.of(mean[at], ownVariance[at] + sharedDeviation[at] * sharedDeviation[at]);
    }

    /** Expected ends between two ages in hours, of something that does not end by them. */
    public GammaRate between(double fromAge, double toAge) {
        double expected = 0;
        double own = 0;
        double shared = 0;
        for (var band : AgeBand.values()) {
            double hours = band.overlap(fromAge, toAge);
            expected += hours * mean[band.ordinal()];
            own += hours * hours * ownVariance[band.ordinal()];
            shared += hours * sharedDeviation[band.ordinal()];
        }
        return GammaRate.of(expected, own + shared * shared);
    }

    /** Hours that something of this age (hours) is expected to go on, of the next {@code limit} hours. */
    public double expectedHours(double age, double limit) {
        double end = age + limit;
        double still = 1;
        double hours = 0;
        for (var band : AgeBand.values()) {
            double inBand = band.overlap(age, end);
            if (inBand > 0) {
                double hazard = Math.max(mean[band.ordinal()], 1e-12);
                double ends = -Math.expm1(-hazard * inBand);
                hours += still * ends / hazard;
                still *= 1 - ends;
            }
        }
        return hours;
    }

    /** What the numbers rest on. */
    public Basis basis() {
        return basis;
    }

    /**
     * What an estimate rests on.
     *
     * @param level the closest thing that was observed
     * @param ends ends of the pool itself that still count, faded by age
     * @param hours hours of the pool itself that still count, faded by age
     */
    public record Basis(Level level, double ends, double hours) {

        /** The closest thing to a pool that was observed, from nothing to the pool itself. */
        public enum Level {
            PRIOR,
            STATED,
            SPOT,
            FAMILY,
            REGION,
            POOL
        }
    }
}
