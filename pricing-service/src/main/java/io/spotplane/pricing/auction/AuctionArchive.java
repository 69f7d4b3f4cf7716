package io.spotplane.pricing.auction;

import io.spotplane.providers.spi.HammerPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is written down about auctions, append only. Every call may be repeated. */
interface AuctionArchive {

    /** Claims the next round of {@code provider} and sets it due again after {@code every}: true when it was due and is ours now. */
    Mono<Boolean> claim(String provider, Duration every);

    /** When each offering of {@code provider} was last heard of: the time of its newest kept price. */
    Mono<Map<String, Instant>> newest(String provider);

    /** Adds the prices that are not there yet, and notes that {@code offeringId} was read. Answers how many were new. */
    Mono<Long> append(Reading reading, List<HammerPrice> prices);

    /** Notes that the history could not be read; what is kept stays. */
    Mono<Void> unread(String provider, String offeringId, String error);

    /** Adds what the percentiles say. */
    Mono<Void> append(List<Look> looks);

    /** Ends a round: whoever follows will read again. {@code looked}: whether percentiles came. */
    Mono<Void> finished(String provider, Instant at, boolean looked, @Nullable String error);

    /** Changes whenever a round ends anywhere. */
    Mono<Long> version();

    /**
     * Everything since {@code from}, by offering. Prices that repeat the one before are left out, but not the newest; where no auction was heard of for
     * {@code longestGap}, a point without a price says so.
     */
    Mono<Kept> read(Instant from, Duration longestGap);

    /** What our own shelves showed of each of these offerings since {@code from}, ascending. */
    Mono<Map<String, List<PricePath.Point>>> ownHistory(List<String> offeringIds, Instant from);

    /** Drops what is older than {@code moment}; answers how many rows. */
    Mono<Long> dropBefore(Instant moment);

    /**
     * An offering's history was read.
     *
     * @param provider whose
     * @param offeringId which
     * @param at when
     * @param rejected points that were not believed
     */
    record Reading(String provider, String offeringId, Instant at, int rejected) {}

    /**
     * What is kept.
     *
     * @param points prices by offering, ascending
     * @param looks percentiles by offering, ascending
     * @param readings how each was last read
     */
    record Kept(Map<String, List<PricePath.Point>> points, Map<String, List<Look>> looks, Map<String, Read> readings) {}

    /**
     * How an offering was last read.
     *
     * @param at when it was last read well; null when never
     * @param rejected points that were not believed then
     * @param error why the last reading failed; null when it did not
     */
    record Read(
            @Nullable Instant at, int rejected, @Nullable String error) {}
}
