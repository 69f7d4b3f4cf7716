package io.spotplane.pricing.risk.observed;

import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.Spell;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A piece of a life or an outage that was observed.
 *
 * @param born when what is observed began; ages count from there
 * @param from since when it is observed
 * @param to until when
 * @param ended whether it came to its end then
 */
record Observation(Instant born, Instant from, Instant to, boolean ended) {

    static Observation whole(Spell spell) {
        return new Observation(spell.from(), spell.from(), spell.to(), spell.ended());
    }

    /** Its hours and its end by the day (UTC) that they belong to. */
    SortedMap<LocalDate, Exposure> byDay() {
        var days = new TreeMap<LocalDate, Exposure>();
        var at = from;
        while (true) {
            var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
            var nextDay = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            boolean last = !to.isAfter(nextDay);
            var until = last ? to : nextDay;
            days.put(day, new Exposure().lived(age(at), age(until), last && ended));
            if (last) {
                return days;
            }
            at = until;
        }
    }

    private double age(Instant moment) {
        return Duration.between(born, moment).toMillis() / 3_600_000.0;
    }
}
