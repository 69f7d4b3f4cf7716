package io.spotplane.providers.runpod;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.support.CallGuard;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Prices of every GPU type, tier and GPU count, in one GraphQL query: {@code lowestPrice} is asked once for each tier and count under a name of its own. Prices
 * come for one GPU; an offering's price is that of the pod. A combination without a price is not for sale now and left out.
 */
final class RunPodMarketData implements MarketData {

    /** From here on an amount is no money. */
    private static final BigDecimal NO_MONEY = new BigDecimal("1000000000000");

    private static final String OPERATION = "gpuTypes";
    private static final int MIB_PER_GIB = 1024;

    private final RunPodApi api;
    private final CallGuard guard;
    private final RunPodFaults faults;
    private final RunPodSettings settings;
    private final InstantSource time;
    private final List<Pool> pools;

    RunPodMarketData(RunPodApi api, CallGuard guard, RunPodFaults faults, RunPodSettings settings, InstantSource time) {
        this.api = api;
        this.guard = guard;
        this.faults = faults;
        this.settings = settings;
        this.time = time;
        this.pools = pools(settings);
    }

    @Override
    public String provider() {
        return RunPod.PROVIDER;
    }

    @Override
    public Mono<MarketSweep> sweep() {
        return api.graphql(query(), Map.of())
                .map(this::sweep)
                .onErrorMap(failure -> faults.judge(failure).ofRead(RunPod.PROVIDER, OPERATION, null))
                .transform(guard.aroundRead("runpod.gpuTypes"));
    }

    private static List<Pool> pools(RunPodSettings settings) {
        return settings.tiers().stream()
                .flatMap(tier -> settings.gpuCounts().stream().map(count -> new Pool(tier, count)))
                .toList();
    }

    private String query() {
        return "query Market { gpuTypes { id displayName memoryInGb maxGpuCount "
                + pools.stream().map(Pool::question).collect(Collectors.joining(" ")) + " } }";
    }

    private MarketSweep sweep(JsonNode data) {
        var types = api.as(GpuTypes.class, data).gpuTypes();
        if (types == null) {
            throw new IllegalStateException("the answer holds no gpuTypes");
        }
        var market = new Market(time.instant(), new ArrayList<>(), new ArrayList<>());
        types.forEach(type -> pools.forEach(pool -> add(market, type, pool)));
        return new MarketSweep(market.offerings, market.rejected, time.instant());
    }

    private void add(Market market, GpuType type, Pool pool) {
        var asked = type.lowestPrices().get(pool.alias());
        if (asked == null || type.sellsAtMost() < pool.count()) {
            return;
        }
        add(market, type, pool, asked, CapacityType.SPOT, asked.minimumBidPrice());
        add(market, type, pool, asked, CapacityType.ON_DEMAND, asked.uninterruptablePrice());
    }

    private void add(
            Market market,
            GpuType type,
            Pool pool,
            LowestPrice asked,
            CapacityType capacity,
            @Nullable BigDecimal pricePerGpu) {
        if (pricePerGpu == null) {
            return;
        }
        var flaw = flaw(pricePerGpu, pool);
        if (flaw != null) {
            market.reject(type, pool, capacity, flaw);
            return;
        }
        market.offerings.add(offering(market.at, type, pool, asked, capacity, pool.price(pricePerGpu)));
    }

    private static @Nullable String flaw(BigDecimal pricePerGpu, Pool pool) {
        if (pricePerGpu.signum() <= 0) {
            return pricePerGpu.signum() < 0 ? "NEGATIVE_PRICE" : "NO_PRICE";
        }
        return pricePerGpu.multiply(BigDecimal.valueOf(pool.count())).compareTo(NO_MONEY) >= 0
                ? "PRICE_TOO_HIGH"
                : null;
    }

    private static String idOf(GpuType type, Pool pool, CapacityType capacity) {
        return Offering.idOf(RunPod.PROVIDER, RunPod.ANYWHERE, pool.tier().zone(), type.id(), pool.count(), capacity);
    }

    private static Offering offering(
            Instant at, GpuType type, Pool pool, LowestPrice asked, CapacityType capacity, HourlyPrice price) {
        return new Offering(
                idOf(type, pool, capacity),
                RunPod.PROVIDER,
                RunPod.ANYWHERE,
                pool.tier().zone(),
                type.id(),
                orZero(asked.minVcpu()),
                (long) orZero(asked.minMemory()) * MIB_PER_GIB,
                new Gpu(
                        GpuModels.canonical(type.id(), orZero(type.memoryInGb())),
                        pool.count(),
                        orZero(type.memoryInGb())),
                capacity,
                price,
                price,
                availability(asked.stockStatus()),
                OPERATION,
                at,
                at);
    }

    private static Availability availability(@Nullable String stockStatus) {
        return switch (stockStatus) {
            case "High" -> Availability.HIGH;
            case "Medium" -> Availability.MEDIUM;
            case "Low" -> Availability.LOW;
            case "None" -> Availability.NONE;
            case null, default -> Availability.UNKNOWN;
        };
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /** A tier and a number of GPUs, asked for under one alias. */
    private record Pool(RunPodTier tier, int count) {

        String alias() {
            return tier.zone() + count;
        }

        /** {@code secureCloud} is always passed: without it the answer mixes both tiers. */
        String question() {
            return alias() + ": lowestPrice(input: {gpuCount: " + count + ", secureCloud: "
                    + (tier == RunPodTier.SECURE)
                    + "}) { minimumBidPrice uninterruptablePrice minVcpu minMemory stockStatus }";
        }

        HourlyPrice price(BigDecimal perGpu) {
            return HourlyPrice.per(new Money(perGpu.multiply(BigDecimal.valueOf(count)), "USD"));
        }
    }

    /** What is collected while a sweep is read. */
    private record Market(Instant at, List<Offering> offerings, List<RejectedRow> rejected) {
        void reject(GpuType type, Pool pool, CapacityType capacity, String why) {
            rejected.add(new RejectedRow(
                    type.id() + " x" + pool.count() + " " + pool.tier().zone(), why, idOf(type, pool, capacity)));
        }
    }

    /** {@code data} of the query. */
    private record GpuTypes(@Nullable List<GpuType> gpuTypes) {}

    /**
     * A GPU type.
     *
     * @param id what orders name it by
     * @param displayName what people call it
     * @param memoryInGb memory of one GPU
     * @param maxGpuCount GPUs of the largest pod; null when RunPod does not say
     * @param lowestPrices answers by {@link Pool#alias}
     */
    private record GpuType(
            String id,
            @Nullable String displayName,
            @Nullable Integer memoryInGb,
            @Nullable Integer maxGpuCount,
            @JsonAnySetter Map<String, @Nullable LowestPrice> lowestPrices) {

        int sellsAtMost() {
            return maxGpuCount == null || maxGpuCount < 1 ? Integer.MAX_VALUE : maxGpuCount;
        }
    }
}
