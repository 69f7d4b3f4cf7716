package io.spotplane.pricing.auction;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one offering's auctions.
 *
 * @param offeringId whose
 * @param source where the prices come from; null when there are none
 * @param path the prices
 * @param look the latest percentiles; null when none were ever published
 * @param readAt when the provider's history was last read; for our own history, when the market was last believed; null when never
 * @param rejected published points that were not believed at the last reading
 * @param error why the last reading failed; null when it did not
 */
public record AuctionRecord(
        String offeringId,
        @Nullable Source source,
        PricePath path,
        @Nullable Look look,
        @Nullable Instant readAt,
        int rejected,
        @Nullable String error) {

    /** Nothing is known of {@code offeringId}. */
    public static AuctionRecord unknown(String offeringId) {
        return new AuctionRecord(offeringId, null, PricePath.UNKNOWN, null, null, 0, null);
    }

    /** How long ago it was last read at {@code now}; null when it never was. */
    public @Nullable Duration ageAt(Instant now) {
        return readAt == null ? null : Duration.between(readAt, now);
    }

    /** Where prices come from, the stronger first. */
    public enum Source {
        /** The provider's own record of its auctions. */
        AUCTION_HISTORY,
        /** What changed on our shelves: as fine as the market is swept, and only since it is. */
        OWN_HISTORY
    }
}
