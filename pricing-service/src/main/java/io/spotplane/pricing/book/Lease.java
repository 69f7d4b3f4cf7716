package io.spotplane.pricing.book;

import io.spotplane.pricing.offering.MarketReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right to collect one market, for a while.
 *
 * @param provider the market
 * @param token grows with every lease of the market; a write that names an older one is refused
 * @param version of the market's book when the lease was taken
 * @param report how the market was doing then; null when nobody ever collected it
 * @param term how long it lasts after it was taken, and again after each write
 */
public record Lease(
        String provider, long token, long version, @Nullable MarketReport report, Duration term) {}
