package io.spotplane.providers.spi;

import reactor.core.publisher.Mono;

/**
 * What a provider sells, and at what price.
 *
 * <p>Laws: a sweep is all or nothing for its scope — when a page is missing, the sweep fails with {@link ProviderFault}, it never answers
 * with fewer offers. Prices are what the provider said, never guessed; an offer without a price is left out and counted in
 * {@link MarketSweep#rejected}.
 */
public interface MarketData extends Provider {

    /** Collects everything for sale now. May take many calls; bounded by the adapter's own time-outs and concurrency. */
    Mono<MarketSweep> sweep();
}
