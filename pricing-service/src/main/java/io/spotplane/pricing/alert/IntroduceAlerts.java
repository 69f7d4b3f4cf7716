package io.spotplane.pricing.alert;

import io.spotplane.pricing.offering.Storefront;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has every market speak about alerts that are new, from this replica's storefront, so that a price that is beyond the line already is told of
 * at once and not when it next changes. The storefront must be as new as the book was after the alert was made; what a round writes down
 * later is judged by that round, which knows the alert.
 *
 * <p>A market that nobody ever collected, or has for a week, has nothing to say.
 */
@Component
class IntroduceAlerts implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IntroduceAlerts.class);
    private static final int AT_ONCE = 500;

    private final Standings standings;
    private final JudgeAlerts judge;
    private final Storefront storefront;
    private final AlertSettings settings;
    private final boolean estimates;
    private final Clock clock;
    private @Nullable Disposable running;

    IntroduceAlerts(
            Standings standings,
            JudgeAlerts judge,
            Storefront storefront,
            AlertSettings settings,
            ObjectProvider<BidOutlook> outlook,
            Clock clock) {
        this.standings = standings;
        this.judge = judge;
        this.storefront = storefront;
        this.settings = settings;
        this.estimates = outlook.stream().findAny().isPresent();
        this.clock = clock;
    }

    /** One look for new alerts. Those that a market cannot speak about yet are found again by the next. */
    Mono<Void> introduce() {
        return standings
                .unjudged(AT_ONCE)
                .filter(alerts -> !alerts.isEmpty())
                .flatMap(alerts -> standings.versions().flatMap(versions -> introduce(alerts, versions)));
    }

    private Mono<Void> introduce(Set<UUID> alerts, Map<String, Long> versions) {
        var current = versions.entrySet().stream()
                .flatMap(market ->
                        storefront
                                .shelf(market.getKey())
                                .filter(shelf -> shelf.version() >= market.getValue())
                                .stream())
                .toList();
        var all = current.size() == versions.size();
        return Flux.fromIterable(current)
                .concatMap(shelf -> judge.introduce(shelf, alerts))
                .then(Mono.defer(() -> all ? standings.judged(alerts, clock.instant()) : Mono.empty()));
    }

    private Flux<Void> always() {
        var looking = Flux.interval(settings.every())
                .onBackpressureDrop()
                .concatMap(tick -> guarded("introduce new alerts", introduce()), 0);
        var asking = Flux.interval(settings.outlookEvery())
                .onBackpressureDrop()
                .concatMap(tick -> guarded("judge bids anew", standings.askAgainAboutBids(settings.outlookEvery())), 0);
        return Flux.merge(Stream.of(looking, asking).limit(estimates ? 2 : 1).toList());
    }

    private Mono<Void> guarded(String what, Mono<Void> once) {
        return once.onErrorResume(fault -> {
            LOG.warn("Could not {}: {}", what, fault.toString());
            return Mono.empty();
        });
    }

    @Override
    public void start() {
        running = always().subscribe();
    }

    @Override
    public void stop() {
        Objects.requireNonNullElse(running, Disposables.disposed()).dispose();
        running = null;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
