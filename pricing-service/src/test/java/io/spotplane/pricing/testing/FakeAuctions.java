package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.AuctionPrices;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.providers.spi.PricePercentiles;
import io.spotplane.providers.spi.ProviderFault;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import reactor.core.publisher.Mono;

/** A provider that tells how its auctions went, as it was told, and remembers what it was asked. */
public final class FakeAuctions implements AuctionHistory {

    public final List<String> asked = new ArrayList<>();
    private final String provider;
    private final Map<String, TreeMap<Instant, BigDecimal>> hammered = new ConcurrentHashMap<>();
    private final Map<String, Mono<AuctionPrices>> faults = new ConcurrentHashMap<>();
    private final Map<String, PricePercentiles> percentiles = new ConcurrentSkipListMap<>();
    private volatile boolean silent;

    public FakeAuctions(String provider) {
        this.provider = provider;
    }

    public FakeAuctions hammered(Offering offering, Instant at, String usd) {
        hammered.computeIfAbsent(offering.id(), id -> new TreeMap<>()).put(at, new BigDecimal(usd));
        return this;
    }

    public FakeAuctions distributed(Offering offering, String p20, String p50, String p80) {
        percentiles.put(
                offering.id(),
                new PricePercentiles(offering.id(), new BigDecimal(p20), new BigDecimal(p50), new BigDecimal(p80)));
        return this;
    }

    public FakeAuctions fails(Offering offering, String message) {
        faults.put(offering.id(), Mono.error(() -> fault(message)));
        return this;
    }

    public FakeAuctions hangs(Offering offering) {
        faults.put(offering.id(), Mono.never());
        return this;
    }

    public FakeAuctions hidesPercentiles() {
        silent = true;
        return this;
    }

    private ProviderFault fault(String message) {
        return new ProviderFault(provider, "Auctions", Refusal.TRANSIENT, message, null, null);
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Mono<AuctionPrices> prices(Offering offering) {
        return Mono.defer(() -> {
            synchronized (asked) {
                asked.add(offering.id());
            }
            return faults.getOrDefault(offering.id(), Mono.fromSupplier(() -> told(offering.id())));
        });
    }

    private AuctionPrices told(String id) {
        return new AuctionPrices(
                id,
                hammered.getOrDefault(id, new TreeMap<>()).entrySet().stream()
                        .map(one -> new HammerPrice(one.getKey(), one.getValue()))
                        .toList());
    }

    @Override
    public Mono<List<PricePercentiles>> percentiles() {
        return silent ? Mono.error(() -> fault("no percentiles today")) : Mono.just(List.copyOf(percentiles.values()));
    }
}
