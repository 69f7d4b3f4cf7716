package io.spotplane.pricing.market;

import io.spotplane.pricing.book.Forcing;
import io.spotplane.pricing.book.LeaseAttempt;
import io.spotplane.pricing.book.MarketLeases;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.providers.spi.MarketData;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps every market's rounds going, each by itself: ask for the lease, run the round if it is ours, wait until it is due. One round of a
 * market at a time here, and by its lease everywhere.
 */
@Component
class CollectMarkets implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CollectMarkets.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final List<MarketData> markets;
    private final MarketLeases leases;
    private final SweepMarket sweep;
    private final Storefront storefront;
    private final PricingSettings settings;
    private final String owner = UUID.randomUUID().toString();
    private final Disposable.Swap running = Disposables.swap();
    private volatile Sinks.@Nullable Many<MarketData> forced;

    CollectMarkets(
            ObjectProvider<MarketData> markets,
            MarketLeases leases,
            SweepMarket sweep,
            Storefront storefront,
            PricingSettings settings) {
        this.markets = eachOnce(markets.orderedStream().toList());
        this.leases = leases;
        this.sweep = sweep;
        this.storefront = storefront;
        this.settings = settings;
    }

    /** Two adapters with one name would withdraw each other's offerings. */
    private static List<MarketData> eachOnce(List<MarketData> markets) {
        var names = new HashSet<String>();
        for (var market : markets) {
            if (!names.add(market.provider())) {
                throw new IllegalStateException("two markets call themselves '" + market.provider()
                        + "', expected one adapter for each provider name");
            }
        }
        return markets;
    }

    /** One try at {@code market}: a round, when it is due and ours. Answers how long to wait before the next; never fails. */
    Mono<Duration> step(MarketData market) {
        var rhythm = settings.of(market.provider());
        return leases.take(market.provider(), owner, rhythm.every(), rhythm.leaseTerm())
                .flatMap(attempt -> switch (attempt) {
                    case LeaseAttempt.Taken(var lease) ->
                        sweep.under(lease, market).thenReturn(Duration.ZERO);
                    case LeaseAttempt.NotYet(var pause) -> Mono.just(pause);
                })
                .onErrorResume(fault -> {
                    LOG.warn("{}: cannot ask for the lease", market.provider(), fault);
                    return Mono.just(AFTER_FAULT);
                });
    }

    /**
     * Has {@code provider}'s market collected now, here, unless somebody is at it or was a moment ago: one round of a market at a time, over all
     * replicas. Asking again changes nothing. Empty when there is no such market.
     */
    Mono<Forcing> refresh(String provider) {
        return Mono.justOrEmpty(marketOf(provider))
                .flatMap(market -> leases.force(provider, settings.of(provider).refreshPause())
                        // Nobody took it yet: its first round is about to begin.
                        .defaultIfEmpty(new Forcing.Due())
                        .doOnNext(forcing -> begin(market, forcing)));
    }

    /** The markets that there are, by name. */
    List<String> providers() {
        return markets.stream().map(MarketData::provider).toList();
    }

    private Optional<MarketData> marketOf(String provider) {
        return markets.stream()
                .filter(market -> market.provider().equals(provider))
                .findFirst();
    }

    /** Beside the market's own loop, which finds it taken. While this replica stops, another one begins. */
    private void begin(MarketData market, Forcing forcing) {
        var asked = forced;
        if (forcing instanceof Forcing.Due && asked != null) {
            asked.emitNext(market, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
        }
    }

    @Override
    public void start() {
        LOG.info("collecting {} markets: {}", markets.size(), providers());
        markets.forEach(this::introduce);
        var loops = Disposables.composite();
        markets.forEach(market -> loops.add(keepGoing(market)));
        var asked = Sinks.many().unicast().<MarketData>onBackpressureBuffer();
        loops.add(asked.asFlux().flatMap(this::step).subscribe());
        running.update(loops);
        forced = asked;
    }

    /** A market is named as a source from the start, even if it never answers. */
    private void introduce(MarketData market) {
        var provider = market.provider();
        storefront.report(
                MarketReport.neverCollected(provider, settings.of(provider).staleAfter()));
    }

    private Disposable keepGoing(MarketData market) {
        return Mono.defer(() -> step(market)).flatMap(Mono::delay).repeat().subscribe();
    }

    @Override
    public void stop() {
        forced = null;
        running.update(Disposables.disposed());
        leases.giveBackAll(owner)
                .timeout(GOODBYE)
                .onErrorResume(fault -> Mono.fromRunnable(() -> LOG.debug("leases will run out by themselves", fault)))
                .block(GOODBYE.plusSeconds(1));
    }

    @Override
    public boolean isRunning() {
        return forced != null;
    }
}
