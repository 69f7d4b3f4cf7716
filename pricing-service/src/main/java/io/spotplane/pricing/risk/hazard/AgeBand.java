package io.spotplane.pricing.risk.hazard;

import java.time.Duration;

/** Ages between which a hazard counts as constant. Young machines, and young outages, end tens of times as often as old ones. */
public enum AgeBand {
    UNDER_10_MINUTES(0, 10, "0–10 min"),
    UNDER_30_MINUTES(10, 30, "10–30 min"),
    UNDER_1_HOUR(30, 60, "30–60 min"),
    UNDER_3_HOURS(60, 180, "1–3 h"),
    UNDER_6_HOURS(180, 360, "3–6 h"),
    UNDER_12_HOURS(360, 720, "6–12 h"),
    UNDER_1_DAY(720, 1440, "12–24 h"),
    OLDER(1440, Integer.MAX_VALUE, "over 24 h");

    /** How many there are. */
    static final int COUNT = values().length;

    private static final AgeBand[] ALL = values();

    private final double fromHours;
    private final double toHours;
    private final String label;

    AgeBand(int fromMinutes, int toMinutes, String label) {
        this.fromHours = fromMinutes / 60.0;
        this.toHours = toMinutes == Integer.MAX_VALUE ? Double.POSITIVE_INFINITY : toMinutes / 60.0;
        this.label = label;
    }

    /** The band of {@code age}; its own end belongs to the next. */
    public static AgeBand of(Duration age) {
        return ofHours(hours(age));
    }

    /** The band in which something ended that became {@code ageHours} old: an end on the edge belongs to the band that was lived through. */
    static AgeBand endingAt(double ageHours) {
        for (var band : ALL) {
            if (ageHours <= band.toHours) {
                return band;
            }
        }
        return OLDER;
    }

    static AgeBand ofHours(double ageHours) {
        for (var band : ALL) {
            if (ageHours < band.toHours) {
                return band;
            }
        }
        return OLDER;
    }

    static double hours(Duration duration) {
        return duration.toMillis() / 3_600_000.0;
    }

    /** Hours of this band that lie between the ages {@code from} and {@code to}, both in hours. */
    double overlap(double from, double to) {
        return Math.max(0, Math.min(to, toHours) - Math.max(from, fromHours));
    }

    /** Youngest age in it, in hours. */
    public double fromHours() {
        return fromHours;
    }

    /** The age at which the next begins, in hours; infinite for the last. */
    public double toHours() {
        return toHours;
    }

    /** For people: {@code 10–30 min}. */
    public String label() {
        return label;
    }
}
