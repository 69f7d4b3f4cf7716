package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** A stretch of time in which one thing held of an offering. */
sealed interface Stretch {

    /** Inclusive. */
    Instant since();

    /** Exclusive; after {@link #since}. */
    Instant until();

    /** How long, in microseconds, which is what the database's clock counts. */
    default long micros() {
        return microsBetween(since(), until());
    }

    /** The part of it that lies in [{@code from}, {@code to}), which must overlap it. */
    Stretch within(Instant from, Instant to);

    /** From {@code from} to {@code to} in microseconds. */
    static long microsBetween(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1_000;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * It was for sale at one price.
     *
     * @param amount billed an hour
     */
    record Sold(Instant since, Instant until, BigDecimal amount) implements Stretch {
        @Override
        public Sold within(Instant from, Instant to) {
            return new Sold(later(since, from), earlier(until, to), amount);
        }
    }

    /** It was seen not to be for sale. */
    record Absent(Instant since, Instant until) implements Stretch {
        @Override
        public Absent within(Instant from, Instant to) {
            return new Absent(later(since, from), earlier(until, to));
        }
    }

    /** Nobody looked, or nothing was known yet: what held before may have held on, or not. */
    record Unseen(Instant since, Instant until) implements Stretch {
        @Override
        public Unseen within(Instant from, Instant to) {
            return new Unseen(later(since, from), earlier(until, to));
        }
    }

    /**
     * A day, or a part of one, of which only is kept what its changes came to. Of a part, each of the day's states is taken to have held for
     * its share.
     *
     * @param day the whole day
     */
    record Condensed(Instant since, Instant until, CondensedDay day) implements Stretch {
        @Override
        public Condensed within(Instant from, Instant to) {
            return new Condensed(later(since, from), earlier(until, to), day);
        }

        /** The share of {@code micros} of the whole day that falls on this part. */
        long shareOf(long micros) {
            long part = micros();
            return part == CondensedDay.MICROS ? micros : Math.round((double) micros * part / CondensedDay.MICROS);
        }
    }
}
