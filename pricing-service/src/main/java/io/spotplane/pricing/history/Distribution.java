package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For how long an offering was for sale at which price. Everything is weighed by time: a price that held for a week counts as much as a
 * week's worth of prices that changed every minute.
 */
final class Distribution {

    private static final int PLACES = 6;

    private final NavigableMap<BigDecimal, Long> held = new TreeMap<>();
    private long sold;
    private long absent;
    private long unseen;

    /** Of a whole timeline. */
    static Distribution of(Timeline timeline) {
        var distribution = new Distribution();
        timeline.stretches().forEach(distribution::add);
        return distribution;
    }

    /** Takes {@code stretch} in. */
    void add(Stretch stretch) {
        switch (stretch) {
            case Stretch.Sold s -> sold(s.amount(), s.micros());
            case Stretch.Absent s -> absent += s.micros();
            case Stretch.Unseen s -> unseen += s.micros();
            case Stretch.Condensed s -> {
                s.day().levels().forEach(level -> sold(level.amount(), s.shareOf(level.micros())));
                absent += s.shareOf(s.day().absent());
                unseen += s.shareOf(s.day().unseen());
            }
        }
    }

    private void sold(BigDecimal amount, long micros) {
        if (micros > 0) {
            held.merge(amount, micros, Long::sum);
            sold += micros;
        }
    }

    /** Whether it was for sale at all. */
    boolean everSold() {
        return sold > 0;
    }

    /**
     * The least amount that was enough for {@code percent} of the time for sale: an amount that really was in force, by nearest rank.
     *
     * @param percent 0 to 100
     * @return null when it never was for sale
     */
    @Nullable
    BigDecimal percentile(BigDecimal percent) {
        var wanted = percent.multiply(BigDecimal.valueOf(sold)).movePointLeft(2);
        long reached = 0;
        for (var level : held.entrySet()) {
            reached += level.getValue();
            if (wanted.compareTo(BigDecimal.valueOf(reached)) <= 0) {
                return level.getKey();
            }
        }
        return highest();
    }

    /** The lowest that was in force; null when it never was for sale. */
    @Nullable
    BigDecimal lowest() {
        return everSold() ? held.firstKey() : null;
    }

    /** The highest that was in force; null when it never was for sale. */
    @Nullable
    BigDecimal highest() {
        return everSold() ? held.lastKey() : null;
    }

    /** What an hour of it cost on average of the time for sale; null when it never was. */
    @Nullable
    BigDecimal mean() {
        if (!everSold()) {
            return null;
        }
        var sum = BigDecimal.ZERO;
        for (var level : held.entrySet()) {
            sum = sum.add(level.getKey().multiply(BigDecimal.valueOf(level.getValue())));
        }
        return sum.divide(BigDecimal.valueOf(sold), PLACES, RoundingMode.HALF_UP);
    }

    /** Share of the time seen in which it was for sale, 0 to 1; null when it was never seen. */
    @Nullable
    BigDecimal soldShare() {
        return sold + absent == 0 ? null : share(sold, sold + absent);
    }

    /** Share of all time in which somebody looked, 0 to 1. */
    BigDecimal seenShare() {
        return share(sold + absent, sold + absent + unseen);
    }

    private static BigDecimal share(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), PLACES, RoundingMode.HALF_UP);
    }
}
