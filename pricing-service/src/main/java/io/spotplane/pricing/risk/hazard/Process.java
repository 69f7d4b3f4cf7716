package io.spotplane.pricing.risk.hazard;

/**
 * The two things that end: a machine's life by reclaim, and an outage by capacity coming back. With the hazards per hour that are expected
 * before anything was seen.
 *
 * <p>Source of the numbers: our own measurements on the availability traces that accompany Wu et al., <em>Can't Be Late</em> (NSDI 2024), AWS
 * {@code p3.2xlarge}, 45 days from 2023-02-15: reclaims over nine zones in three regions, returns over five of them. One GPU type of one cloud
 * in a year of scarcity: a prior for pools of which nothing is known, worth {@link #WEIGHT} ends a band, and gone as soon as there are data.
 */
public enum Process {
    /** A machine runs until its provider takes it back. */
    RECLAIM(1.41, 1.09, 0.64, 0.30, 0.185, 0.097, 0.090, 0.026),
    /** Capacity is gone until it comes back. */
    RETURN(1.33, 1.28, 0.71, 0.41, 0.28, 0.147, 0.145, 0.032);

    /** How many ends a band's prior hazard is worth. */
    static final double WEIGHT = 2;

    private final double[] perHour;

    Process(double... perHour) {
        this.perHour = perHour;
    }

    /** Expected ends an hour in {@code band}, before anything was seen. */
    public double prior(AgeBand band) {
        return perHour[band.ordinal()];
    }
}
