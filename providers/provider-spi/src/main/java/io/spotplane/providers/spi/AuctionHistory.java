package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What an auction paid in the past, as its provider publishes it: the food for choosing a bid by replay, and for a rule of thumb where only a distribution is
 * known.
 *
 * <p>Laws: a Mono answers with the whole or fails with {@link ProviderFault}; a history is never cut silently and never filled up. Amounts are what the provider
 * said, in the offering's currency, for one machine and hour, before any reserve or minimum: {@link io.spotplane.contracts.vocabulary.BidRules} of the offering tell those. A
 * published amount that cannot be one (negative, not a number) is left out. Neither capability promises that every offering of the market has a history.
 */
public interface AuctionHistory extends Provider {

    /**
     * The hammer prices of one of this provider's spot offerings, ascending in time, each instant once; empty where the provider knows the offering and publishes no
     * history of it. An offering that it does not know fails as {@code GONE}.
     */
    Mono<AuctionPrices> prices(Offering offering);

    /** The distribution of the last 30 days for every spot offering for which one is published, each id once. */
    Mono<List<PricePercentiles>> percentiles();
}
