package io.spotplane.providers.spi;

import java.util.List;

/**
 * How an auction went.
 *
 * @param offeringId whose
 * @param prices ascending in time, each instant once; a price holds until the next one
 */
public record AuctionPrices(String offeringId, List<HammerPrice> prices) {

    public AuctionPrices {
        prices = List.copyOf(prices);
        for (var next = 1; next < prices.size(); next++) {
            if (!prices.get(next).at().isAfter(prices.get(next - 1).at())) {
                throw new IllegalArgumentException("price " + next + " is of "
                        + prices.get(next).at() + ", expected later than the one before it");
            }
        }
    }
}
