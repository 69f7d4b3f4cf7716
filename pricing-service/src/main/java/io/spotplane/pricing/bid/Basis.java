package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.AuctionRecord;
import java.time.Duration;

/** What an estimate rests on, in words. */
final class Basis {

    private Basis() {}

    static String of(Advice.Method method, AuctionRecord record) {
        return switch (method) {
            case REPLAY -> "auction prices of " + days(record.path().known()) + ", replayed";
            case REPLAY_OF_OWN_HISTORY ->
                "what the market showed in sweeps over " + days(record.path().known()) + ", replayed";
            case PERCENTILES ->
                "the provider's 30-day percentiles, and how the market of auctions alike moved between looks at them";
            case MARKET_ONLY -> "the market price of now alone; nothing is known of the past";
        };
    }

    private static String days(Duration known) {
        var hours = known.toHours();
        return hours < 72 ? hours + " hours" : known.toDays() + " days";
    }
}
