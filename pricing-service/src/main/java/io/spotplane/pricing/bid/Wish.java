package io.spotplane.pricing.bid;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a bid, whatever the offering.
 *
 * @param strategy by which name; null when the survival was given as a number
 * @param survival wanted chance to survive; null where the market decides it
 * @param horizon for how long
 * @param maxBid most that may be bid; null for no limit
 * @param ties what happens when the market reaches the bid
 */
record Wish(
        @Nullable Strategy strategy,
        @Nullable Double survival,
        Duration horizon,
        @Nullable BigDecimal maxBid,
        Ties ties) {

    static Wish of(Strategy strategy) {
        return new Wish(strategy, strategy.survival(), strategy.horizon(), null, Ties.HELD);
    }
}
