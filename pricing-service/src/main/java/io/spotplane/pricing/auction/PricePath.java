package io.spotplane.pricing.auction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A price over time, as far as it is known: stretches of one price each, ascending, with gaps where nothing is known.
 *
 * @param stretches ascending in time, not overlapping; two that touch differ in price
 */
public record PricePath(List<Stretch> stretches) {

    /** Nothing is known. */
    public static final PricePath UNKNOWN = new PricePath(List.of());

    public PricePath {
        stretches = List.copyOf(stretches);
        for (var next = 1; next < stretches.size(); next++) {
            if (stretches.get(next).from() < stretches.get(next - 1).until()) {
                throw new IllegalArgumentException("stretch " + next + " overlaps the one before it");
            }
        }
    }

    /** The path through {@code points}, which ascend: each price holds until the next point, none beyond {@code until}. */
    public static PricePath through(List<Point> points, Instant until) {
        var stretches = new ArrayList<Stretch>(points.size());
        for (var at = 0; at < points.size(); at++) {
            var point = points.get(at);
            var next = at + 1 < points.size() ? points.get(at + 1).second() : Long.MAX_VALUE;
            var end = Math.min(next, until.getEpochSecond());
            if (point.micros() != null && end > point.second()) {
                append(stretches, new Stretch(point.second(), end, point.micros()));
            }
        }
        return new PricePath(stretches);
    }

    private static void append(List<Stretch> stretches, Stretch stretch) {
        if (!stretches.isEmpty() && stretches.getLast().goesOnAs(stretch)) {
            var last = stretches.removeLast();
            stretches.add(new Stretch(last.from(), stretch.until(), last.micros()));
        } else {
            stretches.add(stretch);
        }
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return stretches.isEmpty();
    }

    /** Begin of what is known; not to be asked of an empty path. */
    public Instant from() {
        return Instant.ofEpochSecond(stretches.getFirst().from());
    }

    /** End of what is known; not to be asked of an empty path. */
    public Instant until() {
        return Instant.ofEpochSecond(stretches.getLast().until());
    }

    /** For how long the price is known, gaps left out. */
    public Duration known() {
        return Duration.ofSeconds(stretches.stream().mapToLong(Stretch::seconds).sum());
    }

    /** The last known price; empty when there is none. */
    public OptionalLong last() {
        return isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(stretches.getLast().micros());
    }

    /** What is known between two moments. */
    public PricePath between(Instant from, Instant until) {
        var kept = new ArrayList<Stretch>();
        for (var stretch : stretches) {
            var begin = Math.max(stretch.from(), from.getEpochSecond());
            var end = Math.min(stretch.until(), until.getEpochSecond());
            if (begin < end) {
                kept.add(new Stretch(begin, end, stretch.micros()));
            }
        }
        return new PricePath(kept);
    }

    /** The lowest price that was not exceeded for {@code share} of the known time; not to be asked of an empty path. */
    public long quantile(double share) {
        var cheapestFirst = stretches.stream()
                .sorted(Comparator.comparingLong(Stretch::micros))
                .toList();
        var wanted = share * known().toSeconds();
        var seen = 0.0;
        for (var stretch : cheapestFirst) {
            seen += stretch.seconds();
            if (seen >= wanted) {
                return stretch.micros();
            }
        }
        return cheapestFirst.getLast().micros();
    }

    /**
     * One price for a while.
     *
     * @param from epoch second, inclusive
     * @param until epoch second, exclusive; after {@code from}
     * @param micros the price, see {@link Micros}
     */
    public record Stretch(long from, long until, long micros) {

        public Stretch {
            if (until <= from) {
                throw new IllegalArgumentException("stretch is from " + from + " until " + until + ", expected later");
            }
        }

        /** Its length. */
        public long seconds() {
            return until - from;
        }

        private boolean goesOnAs(Stretch next) {
            return until == next.from && micros == next.micros;
        }
    }

    /**
     * What was learnt at one moment.
     *
     * @param second epoch second
     * @param micros the price from then on; null when it was not for sale or not known any more
     */
    public record Point(long second, @Nullable Long micros) {}
}
