package io.spotplane.pricing.auction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.providers.spi.AuctionHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Keeps the rounds of every provider going that tells how its auctions went, each by itself, one replica at a time, and drops what is too old to be kept. */
@Component
class CollectAuctions implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CollectAuctions.class);
    private static final Duration ASK_AGAIN_MOST = Duration.ofSeconds(30);

    private final List<AuctionHistory> providers;
    private final AuctionArchive archive;
    private final ReadAuctions read;
    private final FollowAuctions follow;
    private final AuctionSettings settings;
    private final Clock clock;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    CollectAuctions(
            ObjectProvider<AuctionHistory> providers,
            AuctionArchive archive,
            ReadAuctions read,
            FollowAuctions follow,
            AuctionSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.providers = providers.orderedStream().toList();
        this.archive = archive;
        this.read = read;
        this.follow = follow;
        this.settings = settings;
        this.clock = clock;
        this.providers.forEach(auctions -> measure(auctions.provider(), meters));
    }

    private void measure(String provider, MeterRegistry meters) {
        read.countFromZero(provider);
        Gauge.builder(PricingMeasure.AUCTION_AGE.meterName(), () -> ageSeconds(provider))
                .tag("provider", provider)
                .baseUnit("seconds")
                .register(meters);
    }

    private double ageSeconds(String provider) {
        return follow.lastReadAt(provider)
                .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** One try at {@code auctions}: a round when it is due, ours, and its market is on the shelves. Never fails. */
    Mono<Void> step(AuctionHistory auctions) {
        return Mono.defer(() -> follow.knowsMarket(auctions.provider()) ? round(auctions) : Mono.empty())
                .onErrorResume(fault ->
                        Mono.fromRunnable(() -> LOG.warn("{}: auctions not read", auctions.provider(), fault)));
    }

    private Mono<Void> round(AuctionHistory auctions) {
        return archive.claim(auctions.provider(), settings.every())
                .filter(ours -> ours)
                .flatMap(ours -> read.of(auctions))
                .flatMap(added -> archive.dropBefore(clock.instant().minus(settings.keep())))
                .flatMap(dropped -> follow.reload());
    }

    @Override
    public void start() {
        var loops = Disposables.composite();
        providers.forEach(auctions -> loops.add(keepGoing(auctions)));
        running.update(loops);
        started = true;
    }

    private Disposable keepGoing(AuctionHistory auctions) {
        var pause = settings.every().compareTo(ASK_AGAIN_MOST) < 0 ? settings.every() : ASK_AGAIN_MOST;
        return step(auctions).then(Mono.delay(pause)).repeat().subscribe();
    }

    @Override
    public void stop() {
        started = false;
        running.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
