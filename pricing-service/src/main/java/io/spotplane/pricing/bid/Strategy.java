package io.spotplane.pricing.bid;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a machine's survival is worth, by name. The tools that Spotplane replaces gave the same names to multiples of the market price, and their documents
 * contradict each other; here each name is a stated chance to survive a stated time, whatever that costs in a given market.
 */
public enum Strategy {
    /** Lost at most once in a hundred days. */
    CONSERVATIVE(0.99),
    /** At most once in twenty days. */
    BALANCED(0.95),
    /** At most once in five days. */
    AGGRESSIVE(0.80),
    /** As likely to survive as bids at the 30-day 80th percentile are on average over all auctions of the provider, over four weeks. */
    LIKE_P80(null);

    private final @Nullable Double survival;

    Strategy(@Nullable Double survival) {
        this.survival = survival;
    }

    /** The wanted chance to survive; null where it depends on the market. */
    public @Nullable Double survival() {
        return survival;
    }

    /** The time to survive, unless another is asked for. */
    public Duration horizon() {
        return survival == null ? Duration.ofDays(28) : Duration.ofHours(24);
    }
}
