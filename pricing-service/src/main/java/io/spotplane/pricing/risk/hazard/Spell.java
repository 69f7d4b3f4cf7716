package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.trace.AvailabilityTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of life of a machine, or of a pool's outage.
 *
 * @param pool where
 * @param from when it began
 * @param to until when it is known to have gone on; not before {@code from}
 * @param ended whether it then came to its end (reclaim, return of capacity); false when only the knowledge ends: the owner gave the machine
 *     back, it still runs, the recording stopped
 */
public record Spell(Pool pool, Instant from, Instant to, boolean ended) {

    public Spell {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to is " + to + ", expected not before from, " + from);
        }
    }

    /**
     * The times at which a machine of {@code pool} could be had. What is up when the recording starts counts as new, because nobody knows
     * better.
     *
     * @param start the time of the first sample
     */
    public static List<Spell> lives(Pool pool, Instant start, AvailabilityTrace trace) {
        return spells(pool, start, trace, true);
    }

    /** The times at which no machine of {@code pool} could be had. */
    public static List<Spell> outages(Pool pool, Instant start, AvailabilityTrace trace) {
        return spells(pool, start, trace, false);
    }

    private static List<Spell> spells(Pool pool, Instant start, AvailabilityTrace trace, boolean up) {
        var spells = new ArrayList<Spell>();
        int from = 0;
        for (int at = 1; at <= trace.ticks(); at++) {
            if (at < trace.ticks() && trace.up(at) == trace.up(from)) {
                continue;
            }
            if (trace.up(from) == up) {
                spells.add(new Spell(pool, time(start, trace, from), time(start, trace, at), at < trace.ticks()));
            }
            from = at;
        }
        return spells;
    }

    private static Instant time(Instant start, AvailabilityTrace trace, int tick) {
        return start.plus(trace.tick().multipliedBy(tick));
    }

    /** How old it was at {@code moment}, in hours. */
    double ageHours(Instant moment) {
        return AgeBand.hours(Duration.between(from, moment));
    }

    /** Whether it went on at {@code moment}. */
    boolean wasOnAt(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }
}
