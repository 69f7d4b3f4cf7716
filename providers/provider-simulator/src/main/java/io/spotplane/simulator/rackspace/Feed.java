package io.spotplane.simulator.rackspace;

import io.spotplane.simulator.wire.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** The documents of the public bucket, with the feed's own mixture of types: prices and CPUs are strings, percentiles are noisy numbers. */
final class Feed {

    private static final BigDecimal NOISE = new BigDecimal("0.000000000000000004");

    private Feed() {}

    static Fields percentiles(List<ServerClass> classes, RackspaceMarket market, Instant now) {
        var regions = new LinkedHashMap<String, LinkedHashMap<String, Fields>>();
        var generations = new LinkedHashMap<String, String>();
        classes.forEach(serverClass -> {
            generations.put(serverClass.region(), serverClass.generation());
            regions.computeIfAbsent(serverClass.region(), region -> new LinkedHashMap<>())
                    .put(serverClass.name(), percentiles(serverClass, market.auction(serverClass), now));
        });
        var told = new LinkedHashMap<String, Fields>();
        regions.forEach((region, members) -> told.put(
                region, Fields.with("generation", generations.get(region)).and("serverclasses", members)));
        return Fields.with("regions", told);
    }

    private static Fields percentiles(ServerClass serverClass, Auction auction, Instant now) {
        var percentiles = auction.percentiles(now);
        return Fields.with("20_percentile", noisy(percentiles.get(0)))
                .and("50_percentile", noisy(percentiles.get(1)))
                .and("80_percentile", noisy(percentiles.get(2)))
                .and("market_price", sixPlaces(auction.price(now)))
                .and("cpu", serverClass.cpu())
                .and("memory", serverClass.memory())
                .and("display_name", serverClass.displayName())
                .and("category", serverClass.category())
                .and("description", serverClass.description());
    }

    static Fields history(ServerClass serverClass, RackspaceMarket market, Instant now) {
        var rounds = market.auction(serverClass).history(now).stream()
                .map(hammer ->
                        Fields.with("run_at", hammer.at().getEpochSecond()).and("hammer_price", hammer.price()))
                .toList();
        return Fields.with("auction", serverClass.name()).and("history", rounds);
    }

    static Fields comparables(List<ServerClass> classes, RackspaceMarket market) {
        var regions = new LinkedHashMap<String, LinkedHashMap<String, Fields>>();
        classes.forEach(serverClass -> market.neighbour(serverClass)
                .ifPresent(neighbour -> regions.computeIfAbsent(serverClass.region(), region -> new LinkedHashMap<>())
                        .put(
                                serverClass.name(),
                                Fields.with(
                                                "hyperscaler_average_price",
                                                "$" + neighbour.price().toPlainString())
                                        .and(
                                                "comparables",
                                                List.of(Fields.with("cloud", "aws")
                                                        .and("class", neighbour.type())
                                                        .and(
                                                                "price",
                                                                "$"
                                                                        + neighbour
                                                                                .price()
                                                                                .toPlainString()))))));
        return Fields.with("regions", regions);
    }

    /** Doubles as the real feed adds them up: {@code 0.026000000000000002} now and then. */
    private static BigDecimal noisy(BigDecimal amount) {
        return amount.unscaledValue().testBit(1) ? amount.add(NOISE) : amount;
    }

    static String sixPlaces(BigDecimal amount) {
        return amount.setScale(6).toPlainString();
    }
}
