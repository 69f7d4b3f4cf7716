package io.spotplane.providers.rackspace;

import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Every server class as a spot offering, and with a refresh token as one on demand too. Without one the public feed is the market: it tells market prices and nothing of stock. With
 * one, the API's younger price, count of free servers, least bid and on-demand price go first, and the sweep fails when either cannot be read: half of what was told before must not look withdrawn.
 */
final class RackspaceMarketData implements MarketData {

    private final RackspaceFeed feed;
    private final @Nullable RackspaceApi api;
    private final BidLadders ladders;
    private final InstantSource time;

    RackspaceMarketData(RackspaceFeed feed, @Nullable RackspaceApi api, BidLadders ladders, InstantSource time) {
        this.feed = feed;
        this.api = api;
        this.ladders = ladders;
        this.time = time;
    }

    @Override
    public String provider() {
        return Rackspace.PROVIDER;
    }

    @Override
    public Mono<MarketSweep> sweep() {
        return Mono.zip(feed.percentiles(), serverClasses(), this::sweep)
                .checkpoint("sweep of Rackspace Spot's prices");
    }

    private Mono<List<ServerClass>> serverClasses() {
        return api == null ? Mono.just(List.of()) : api.serverClasses();
    }

    private MarketSweep sweep(PriceFeed prices, List<ServerClass> classes) {
        var known = new LinkedHashMap<String, ListedClass>();
        prices.classes().forEach(told -> known.put(told.name(), ListedClass.of(told, prices.asOf())));
        classes.forEach(shown ->
                known.merge(shown.name(), ListedClass.of(shown), (fromFeed, fromApi) -> fromFeed.with(fromApi)));
        var shelf = new RackspaceShelf(ladders, time.instant());
        known.values().forEach(shelf::add);
        return shelf.sweep();
    }
}
