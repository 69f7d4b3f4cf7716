package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.rackspace.PriceFeed.FeedClass;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.AuctionPrices;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.providers.spi.PricePercentiles;
import io.spotplane.providers.support.Quoted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** How the auctions went, from the public feed. Of two hammer prices of one second the later in the document counts. */
final class RackspaceAuctionHistory implements AuctionHistory {

    private final RackspaceFeed feed;

    RackspaceAuctionHistory(RackspaceFeed feed) {
        this.feed = feed;
    }

    @Override
    public String provider() {
        return Rackspace.PROVIDER;
    }

    @Override
    public Mono<AuctionPrices> prices(Offering offering) {
        return isAuctioned(offering)
                ? feed.history(offering.instanceType()).map(history -> prices(offering.id(), history))
                : feed.notAuctioned(offering.id());
    }

    @Override
    public Mono<List<PricePercentiles>> percentiles() {
        return feed.percentiles()
                .map(prices -> prices.classes().stream()
                        .flatMap(told -> percentiles(told).stream())
                        .toList());
    }

    private static boolean isAuctioned(Offering offering) {
        return offering.provider().equals(Rackspace.PROVIDER) && offering.capacityType() == CapacityType.SPOT;
    }

    private static AuctionPrices prices(String offeringId, JsonNode history) {
        var byTime = new TreeMap<Instant, BigDecimal>();
        history.path("history")
                .valueStream()
                .forEach(round -> hammer(round).ifPresent(price -> byTime.put(price.at(), price.amount())));
        return new AuctionPrices(
                offeringId,
                byTime.entrySet().stream()
                        .map(round -> new HammerPrice(round.getKey(), round.getValue()))
                        .toList());
    }

    private static Optional<HammerPrice> hammer(JsonNode round) {
        var at = round.path("run_at");
        return at.canConvertToLong() && Documents.price(round.path("hammer_price")) instanceof Quoted.Amount(var amount)
                ? instant(at.asLong()).map(time -> new HammerPrice(time, amount))
                : Optional.empty();
    }

    private static Optional<Instant> instant(long seconds) {
        return Optional.of(seconds)
                .filter(second -> second > 0 && second < Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    private static Optional<PricePercentiles> percentiles(FeedClass told) {
        var amounts = Stream.of("20_percentile", "50_percentile", "80_percentile")
                .map(name -> Documents.price(told.fields().path(name)))
                .filter(Quoted.Amount.class::isInstance)
                .map(quoted -> ((Quoted.Amount) quoted).amount())
                .toList();
        return RackspaceShelf.hardwareInFeed(ListedClass.of(told, Instant.EPOCH))
                .filter(hardware -> amounts.size() == 3 && isAscending(amounts))
                .map(hardware -> new PricePercentiles(
                        Rackspace.offeringId(told.region(), told.name(), hardware.gpus(), CapacityType.SPOT),
                        amounts.get(0),
                        amounts.get(1),
                        amounts.get(2)));
    }

    private static boolean isAscending(List<BigDecimal> amounts) {
        return amounts.get(0).compareTo(amounts.get(1)) <= 0 && amounts.get(1).compareTo(amounts.get(2)) <= 0;
    }
}
