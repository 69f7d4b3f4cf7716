package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.AuctionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about bids for one offering, and which to choose.
 *
 * @param question what was asked
 * @param method how the survival of bids is known
 * @param record what it rests on
 * @param rungs the bids that were looked at, ascending
 * @param chosen the cheapest that keeps the wanted survival; the safest when none does; null when none may be bid or wins now
 * @param former what the rules of former tools would bid
 * @param warnings what a person should know before bidding
 */
public record Advice(
        Question question,
        Method method,
        AuctionRecord record,
        List<Rung> rungs,
        @Nullable Rung chosen,
        List<Former> former,
        List<Warning> warnings) {

    /** How survival is known, the best first. */
    public enum Method {
        /** The provider's auction prices, replayed. */
        REPLAY,
        /** What our own shelves showed, replayed: as fine as the market is swept. */
        REPLAY_OF_OWN_HISTORY,
        /** The published percentiles, and what was learnt of all auctions of the provider. */
        PERCENTILES,
        /** Only the market price of now. */
        MARKET_ONLY
    }

    /**
     * A bid and its prospects.
     *
     * @param bid in millionths
     * @param winsNow whether it would hold a machine at the market price of now
     * @param survival of a node started at a random moment at which it held, over the horizon
     * @param replay what it would have met; null where nothing can be replayed
     */
    public record Rung(
            long bid,
            boolean winsNow,
            Survival survival,
            @Nullable RungReplay replay) {}

    /**
     * A bid by a former rule.
     *
     * @param rule which
     * @param rung the bid; off the ladder as often as not
     * @param accepted whether the market would accept it
     */
    public record Former(FormerRule rule, Rung rung, boolean accepted) {}

    /**
     * Something to know.
     *
     * @param code for programs
     * @param message for people
     */
    public record Warning(WarningCode code, String message) {}

    /** What there is to warn of. */
    public enum WarningCode {
        /** The bid is less than a tenth above the market price. */
        CLOSE_TO_MARKET,
        /** No bid that may be made keeps the wanted survival. */
        SURVIVAL_NOT_REACHED,
        /** No bid that may be made wins at the market price of now. */
        BELOW_MARKET,
        /** Less is known than the horizon is long. */
        THIN_HISTORY,
        /** The history was not read for long, or could not be. */
        STALE_HISTORY,
        /** Some prices are far out of line with the rest. */
        OUTLIERS,
        /** Some published prices were not believed. */
        REJECTED_PRICES
    }
}
