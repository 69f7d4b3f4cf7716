package io.spotplane.pricing.market;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rhythm of one market.
 *
 * @param every time from one sweep's start to the next, over all replicas; at least 1 s
 * @param timeout how long one sweep may take before it counts as failed; more than 0
 * @param staleAfter age from which its prices count as stale; not less than {@code every}
 */
public record MarketSettings(
        @DefaultValue("30s") Duration every,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("5m") Duration staleAfter) {

    /** For markets that the settings do not name. */
    public static final MarketSettings DEFAULTS =
            new MarketSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5));

    public MarketSettings {
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("every is " + every + ", expected at least 1s");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout is " + timeout + ", expected more than 0s");
        }
        if (staleAfter.compareTo(every) < 0) {
            throw new IllegalArgumentException(
                    "stale-after is " + staleAfter + ", expected not less than every (" + every + ")");
        }
    }

    /** How long a replica holds the market: one sweep and the writing of it. */
    Duration leaseTerm() {
        return timeout.plusSeconds(30);
    }
}
