package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/**
 * Spot prices of now for every type and zone of the configured regions, and on-demand prices where the carried list has them. Asked for the time from now on,
 * {@code DescribeSpotPriceHistory} answers with the price in force, one row for each type and zone; should there be more, the newest counts. EC2 tells no stock,
 * so that availability is unknown.
 */
final class AwsMarketData implements MarketData {

    private static final String LINUX = "Linux/UNIX";
    private static final String SPOT_SOURCE = "DescribeSpotPriceHistory";

    private final AwsRegions regions;
    private final AwsInstanceTypes types;
    private final OnDemandPrices onDemand;
    private final AwsSettings settings;
    private final InstantSource time;

    AwsMarketData(
            AwsRegions regions,
            AwsInstanceTypes types,
            OnDemandPrices onDemand,
            AwsSettings settings,
            InstantSource time) {
        this.regions = regions;
        this.types = types;
        this.onDemand = onDemand;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public String provider() {
        return Aws.PROVIDER;
    }

    @Override
    public Mono<MarketSweep> sweep() {
        return Flux.fromIterable(regions.all())
                .flatMap(this::market, settings.parallelRegions())
                .collectList()
                .map(this::joined)
                .checkpoint("sweep of EC2 prices");
    }

    private Mono<RegionMarket> market(AwsRegion region) {
        return Mono.zip(types.in(region), spotPrices(region), (machines, prices) -> market(region, machines, prices));
    }

    private Mono<Collection<SpotPrice>> spotPrices(AwsRegion region) {
        var now = time.instant();
        return region.pages(SPOT_SOURCE, token -> page(now, token), DescribeSpotPriceHistoryResponse::nextToken)
                .flatMapIterable(DescribeSpotPriceHistoryResponse::spotPriceHistory)
                .collect(Collectors.toMap(Pool::of, row -> row, newest()))
                .map(Map::values);
    }

    private AwsRegion.Call<DescribeSpotPriceHistoryResponse> page(Instant now, @Nullable String token) {
        var request = DescribeSpotPriceHistoryRequest.builder()
                .productDescriptions(LINUX)
                .startTime(now)
                .maxResults(settings.pageSize())
                .nextToken(token)
                .build();
        return ec2 -> ec2.describeSpotPriceHistory(request);
    }

    private RegionMarket market(AwsRegion region, Map<String, AwsMachine> machines, Collection<SpotPrice> prices) {
        var market = new RegionMarket(region.name(), new ArrayList<>(), new ArrayList<>());
        prices.forEach(row -> addSpot(market, row, machines.get(row.instanceTypeAsString())));
        onDemand.in(region.name()).forEach((type, price) -> addOnDemand(market, machines.get(type), price));
        return market;
    }

    private void addSpot(RegionMarket market, SpotPrice row, @Nullable AwsMachine machine) {
        var price = price(row.spotPrice());
        if (machine == null) {
            market.reject(row, "UNKNOWN_TYPE", null);
        } else if (price == null) {
            market.reject(row, "NO_PRICE", spotId(market.region, machine, row.availabilityZone()));
        } else if (machine.saleable()) {
            market.offerings.add(
                    spot(market.region, machine, row.availabilityZone(), HourlyPrice.per(price), row.timestamp()));
        }
    }

    private static String spotId(String region, AwsMachine machine, String zone) {
        return Offering.idOf(Aws.PROVIDER, region, zone, machine.type(), machine.gpus(), CapacityType.SPOT);
    }

    private void addOnDemand(RegionMarket market, @Nullable AwsMachine machine, HourlyPrice price) {
        if (machine != null && machine.saleable() && machine.onDemand()) {
            market.offerings.add(offering(
                    market.region,
                    machine,
                    null,
                    CapacityType.ON_DEMAND,
                    price,
                    OnDemandPrices.SOURCE,
                    OnDemandPrices.OBSERVED_AT));
        }
    }

    private Offering spot(String region, AwsMachine machine, String zone, HourlyPrice price, Instant since) {
        return offering(region, machine, zone, CapacityType.SPOT, price, SPOT_SOURCE, since);
    }

    private Offering offering(
            String region,
            AwsMachine machine,
            @Nullable String zone,
            CapacityType capacity,
            HourlyPrice price,
            String source,
            Instant observedAt) {
        return new Offering(
                Offering.idOf(Aws.PROVIDER, region, zone, machine.type(), machine.gpus(), capacity),
                Aws.PROVIDER,
                region,
                zone,
                machine.type(),
                machine.vcpu(),
                machine.memoryMiB(),
                machine.gpu(),
                capacity,
                price,
                price,
                Availability.UNKNOWN,
                source,
                observedAt,
                time.instant());
    }

    private MarketSweep joined(List<RegionMarket> markets) {
        return new MarketSweep(
                markets.stream().flatMap(market -> market.offerings.stream()).toList(),
                markets.stream().flatMap(market -> market.rejected.stream()).toList(),
                time.instant());
    }

    private static @Nullable Money price(@Nullable String text) {
        try {
            var amount = new BigDecimal(String.valueOf(text));
            return amount.signum() > 0 ? new Money(amount, "USD") : null;
        } catch (IllegalArgumentException notANumber) {
            return null;
        }
    }

    private static BinaryOperator<SpotPrice> newest() {
        return (one, other) -> one.timestamp().isBefore(other.timestamp()) ? other : one;
    }

    /** What has a spot price of its own. */
    private record Pool(String type, String zone) {
        static Pool of(SpotPrice row) {
            return new Pool(row.instanceTypeAsString(), row.availabilityZone());
        }
    }

    /** One region's offers while they are collected. */
    private record RegionMarket(String region, List<Offering> offerings, List<RejectedRow> rejected) {
        void reject(SpotPrice row, String why, @Nullable String offeringId) {
            rejected.add(new RejectedRow(
                    row.instanceTypeAsString() + " in " + row.availabilityZone() + " at " + row.spotPrice(),
                    why,
                    offeringId));
        }
    }
}
