package io.spotplane.pricing.auction;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How auction histories are collected and kept.
 *
 * @param every from one round of a provider to the next, over all replicas; at least 1 s
 * @param timeout for each question to a provider; more than 0
 * @param keep how long prices and percentiles are kept, and how far back a replay looks; at least 1 d
 * @param reload how often a replica asks whether another one learnt something
 * @param longestGap for how long a hammer price holds when no auction follows; what comes after is unknown
 */
@ConfigurationProperties("spotplane.pricing.auctions")
record AuctionSettings(
        @DefaultValue("30m") Duration every,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("1m") Duration reload,
        @DefaultValue("1d") Duration longestGap) {

    AuctionSettings {
        atLeast("every", every, Duration.ofSeconds(1));
        atLeast("timeout", timeout, Duration.ofMillis(1));
        atLeast("keep", keep, Duration.ofDays(1));
        atLeast("reload", reload, Duration.ofMillis(100));
        atLeast("longest-gap", longestGap, Duration.ofMinutes(1));
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }
}
