package io.spotplane.pricing.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.event.PriceAlertRaised;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.ShelfWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Judges the alerts by each version that a market's rounds write down. The database remembers up to which version that was done: what a round
 * that was killed left behind is judged before the next one may write anything, hence no price is passed over; and as an alert's state
 * changes in one transaction with its event, none is told of twice.
 */
@Component
class JudgeAlerts implements ShelfWatch {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeAlerts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int BATCH = 500;

    private final Standings standings;
    private final BidOutlook outlook;
    private final MeterRegistry meters;
    private final Clock clock;

    JudgeAlerts(Standings standings, ObjectProvider<BidOutlook> outlook, MeterRegistry meters, Clock clock) {
        this.standings = standings;
        this.outlook = outlook.getIfAvailable(() -> (offeringId, bid, horizon) -> Optional.empty());
        this.meters = meters;
        this.clock = clock;
        for (var kind : PriceAlertRaised.Kind.values()) {
            turns(kind, true);
            turns(kind, false);
        }
        timer("judged");
        timer("failed");
    }

    @Override
    public Mono<Void> begun(Shelf shelf) {
        return standings
                .progress(shelf.provider())
                .filter(seen -> seen < shelf.version())
                .flatMap(seen -> judgeAll(shelf))
                .onErrorResume(fault -> goOn(shelf, fault));
    }

    @Override
    public Mono<Void> changed(long before, Shelf after, Set<String> changed) {
        return standings
                .progress(after.provider())
                .flatMap(seen -> seen == before
                        ? judge(after, alerts -> JudgeMarket.afterChanges(after, changed, alerts, outlook))
                        : judgeAll(after))
                .onErrorResume(fault -> goOn(after, fault));
    }

    private Mono<Void> judgeAll(Shelf shelf) {
        return judge(shelf, alerts -> JudgeMarket.everything(shelf, alerts, outlook));
    }

    private Mono<Void> judge(Shelf shelf, Function<List<Standing>, List<Judgement>> judge) {
        return timed(standings
                .in(shelf.provider())
                .publishOn(Schedulers.boundedElastic())
                .map(judge)
                .flatMap(judgements -> settle(shelf, judgements))
                .then(Mono.defer(() -> standings.progressed(shelf.provider(), shelf.version()))));
    }

    /** Has {@code shelf} speak about some alerts that are new; the market's own rounds go on meanwhile. */
    Mono<Void> introduce(Shelf shelf, Collection<UUID> alerts) {
        return standings
                .in(shelf.provider(), alerts)
                .publishOn(Schedulers.boundedElastic())
                .map(asked -> JudgeMarket.everything(shelf, asked, outlook))
                .flatMap(judgements -> settle(shelf, judgements));
    }

    private Mono<Void> settle(Shelf shelf, List<Judgement> judgements) {
        return Flux.fromIterable(judgements)
                .buffer(BATCH)
                .concatMap(batch -> standings.settle(shelf.provider(), shelf.version(), batch, clock.instant()))
                .doOnNext(turns -> turns.forEach(this::count))
                .then();
    }

    private void count(Standings.Turn turn) {
        turns(turn.kind(), turn.raised()).increment();
    }

    private Counter turns(PriceAlertRaised.Kind kind, boolean raised) {
        return Counter.builder(PricingMeasure.ALERT_TURNS.meterName())
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .tag("turn", raised ? "raised" : "cleared")
                .register(meters);
    }

    private Mono<Void> timed(Mono<Void> judging) {
        return Mono.defer(() -> {
            var started = Timer.start();
            return judging.timeout(PATIENCE)
                    .doOnSuccess(done -> started.stop(timer("judged")))
                    .doOnError(fault -> started.stop(timer("failed")));
        });
    }

    private Timer timer(String outcome) {
        return Timer.builder(PricingMeasure.ALERT_JUDGING.meterName())
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Prices matter more than alerts: the round goes on, and the next one judges what this one could not. */
    private static Mono<Void> goOn(Shelf shelf, Throwable fault) {
        LOG.warn("{}: alerts not judged, the next round does it", shelf, fault);
        return Mono.empty();
    }
}
