package io.spotplane.pricing.auction;

import io.spotplane.providers.spi.HammerPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Reasons not to believe a published auction price. Negative amounts and what is not a number do not get past the adapter. */
enum PointRule {
    /** It has not happened yet. */
    FROM_THE_FUTURE(Judged::isAhead),
    /** Older than what is kept; it would be dropped again. */
    TOO_OLD(Judged::isTooOld),
    /** No machine costs that. */
    PRICE_TOO_HIGH(Judged::isTooDear);

    private final Predicate<Judged> broken;

    PointRule(Predicate<Judged> broken) {
        this.broken = broken;
    }

    /** The first rule that the point breaks; empty when it is believed. */
    static Optional<PointRule> brokenBy(Judged point) {
        return Arrays.stream(values()).filter(rule -> rule.broken.test(point)).findFirst();
    }

    /**
     * A point before the bench.
     *
     * @param price as published
     * @param now the time of judging
     * @param oldest begin of what is kept
     */
    record Judged(HammerPrice price, Instant now, Instant oldest) {

        private static final Duration MAX_AHEAD = Duration.ofMinutes(10);
        private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

        private boolean isAhead() {
            return price.at().isAfter(now.plus(MAX_AHEAD));
        }

        private boolean isTooOld() {
            return price.at().isBefore(oldest);
        }

        private boolean isTooDear() {
            return price.amount().compareTo(MOST) > 0;
        }
    }
}
