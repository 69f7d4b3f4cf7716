package io.spotplane.pricing.risk.hazard;

import java.util.Arrays;

/**
 * The sufficient statistics of a piecewise-constant hazard: hours lived through and ends seen, by age band. They add up, whatever they come
 * from: traces, own machines, other replicas. Not thread-safe.
 */
public final class Exposure {

    private final double[] hours = new double[AgeBand.COUNT];
    private final double[] ends = new double[AgeBand.COUNT];

    /** Nothing seen. */
    public Exposure() {}

    /** Adds {@code moreHours} and {@code moreEnds} to {@code band}. */
    public Exposure add(AgeBand band, double moreHours, double moreEnds) {
        hours[band.ordinal()] += moreHours;
        ends[band.ordinal()] += moreEnds;
        return this;
    }

    /** Adds the time from one age to another, both in hours, and its end if {@code ended}. */
    public Exposure lived(double fromAge, double toAge, boolean ended) {
        for (var band : AgeBand.values()) {
            hours[band.ordinal()] += band.overlap(fromAge, toAge);
        }
        if (ended) {
            ends[AgeBand.endingAt(toAge).ordinal()]++;
        }
        return this;
    }

    /** Adds {@code other}. */
    public Exposure add(Exposure other) {
        for (int band = 0; band < AgeBand.COUNT; band++) {
            hours[band] += other.hours[band];
            ends[band] += other.ends[band];
        }
        return this;
    }

    /** Keeps the share {@code factor} of everything: what is old counts less. */
    public Exposure fade(double factor) {
        for (int band = 0; band < AgeBand.COUNT; band++) {
            hours[band] *= factor;
            ends[band] *= factor;
        }
        return this;
    }

    /** The same numbers, apart. */
    public Exposure copy() {
        return new Exposure().add(this);
    }

    /** Hours lived through in {@code band}. */
    public double hours(AgeBand band) {
        return hours[band.ordinal()];
    }

    /** Ends seen in {@code band}. */
    public double ends(AgeBand band) {
        return ends[band.ordinal()];
    }

    double hours(int band) {
        return hours[band];
    }

    double ends(int band) {
        return ends[band];
    }

    /** Hours of all bands. */
    public double hours() {
        return Arrays.stream(hours).sum();
    }

    /** Ends of all bands. */
    public double ends() {
        return Arrays.stream(ends).sum();
    }

    @Override
    public String toString() {
        return "Exposure[" + ends() + " ends in " + hours() + " hours]";
    }
}
