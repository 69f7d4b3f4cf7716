package io.spotplane.pricing.market;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rhythm of one market.
 *
 * @param every time from one sweep's start to the next, over all replicas; at least 1 s
 * @param timeout how long one sweep may take before it counts as failed; more than 0
 * @param staleAfter age from which its prices count as stale; not less than {@code every}
 * @param debounce for how long after a change of an offering others are told of no further one, where the feed flaps; 0 s to 7 d, 0 s being off
 * @param refreshPause least time from one round's start to a forced one; at least 1 s
 */
public record MarketSettings(
        @DefaultValue("30s") Duration every,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("5m") Duration staleAfter,
        @DefaultValue("0s") Duration debounce,
        @DefaultValue("10s") Duration refreshPause) {

    private static final Duration MAX_DEBOUNCE = Duration.ofDays(7);

    /** For markets that the settings do not name. */
    public static final MarketSettings DEFAULTS =
            new MarketSettings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5));

    /** Of a feed that does not flap. */
    public MarketSettings(Duration every, Duration timeout, Duration staleAfter) {
        this(every, timeout, staleAfter, Duration.ZERO, Duration.ofSeconds(10));
    }

    @ConstructorBinding
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
        if (debounce.isNegative() || debounce.compareTo(MAX_DEBOUNCE) > 0) {
            throw new IllegalArgumentException("debounce is " + debounce + ", expected 0s to 7d");
        }
        if (refreshPause.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("refresh-pause is " + refreshPause + ", expected at least 1s");
        }
    }

    /** How long an offering stays for sale, marked, whose row makes no sense: at least one round, and at least until prices count as stale. */
    Duration doubtFor() {
        return staleAfter.plus(every);
    }

    /** How long a replica holds the market: one sweep and the writing of it. */
    Duration leaseTerm() {
        return timeout.plusSeconds(30);
    }
}
