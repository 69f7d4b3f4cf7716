package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an offering's changes of one UTC day came to. Amounts are billed an hour.
 *
 * @param day the day
 * @param changes how many there were
 * @param closed in force at its end; null when it was not for sale then
 * @param levels every amount that was in force, ascending, and for how long
 * @param absent microseconds in which it was seen not to be for sale
 * @param unseen microseconds in which nobody looked; with the rest they make a day
 */
record CondensedDay(
        LocalDate day, int changes, @Nullable BigDecimal closed, List<Level> levels, long absent, long unseen) {

    /** A day's length. */
    static final long MICROS = 86_400_000_000L;

    CondensedDay {
        levels = List.copyOf(levels);
    }

    Instant begin() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant end() {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * An amount that was in force.
     *
     * @param amount billed an hour
     * @param micros for how long in all
     */
    record Level(BigDecimal amount, long micros) {}
}
