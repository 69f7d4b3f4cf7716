package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A market that sells what it was told, or misbehaves as it was told; remembers how often it was asked. */
public final class FakeMarket implements MarketData {

    private final String provider;
    private final AtomicInteger sweeps = new AtomicInteger();
    private volatile Mono<MarketSweep> answer = Mono.never();

    public FakeMarket(String provider) {
        this.provider = provider;
    }

    public FakeMarket sells(Offering... offerings) {
        return sells(List.of(offerings));
    }

    public FakeMarket sells(List<Offering> offerings) {
        answer = Mono.fromSupplier(() -> new MarketSweep(offerings, List.of(), Instant.now()));
        return this;
    }

    public FakeMarket sweeps(MarketSweep sweep) {
        answer = Mono.just(sweep);
        return this;
    }

    public FakeMarket hangs() {
        answer = Mono.never();
        return this;
    }

    public FakeMarket fails(String message) {
        return fails(message, null);
    }

    public FakeMarket fails(String message, @Nullable Duration retryAfter) {
        answer = Mono.error(() -> new ProviderFault(provider, "Sweep", Refusal.TRANSIENT, message, retryAfter, null));
        return this;
    }

    public FakeMarket breaks(RuntimeException fault) {
        answer = Mono.error(fault);
        return this;
    }

    public int sweeps() {
        return sweeps.get();
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Mono<MarketSweep> sweep() {
        return Mono.defer(() -> {
            sweeps.incrementAndGet();
            return answer;
        });
    }
}
