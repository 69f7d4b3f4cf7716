package io.spotplane.pricing.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.pricing.measure.PricingMeasure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Condenses days that are older than changes are kept one by one. Every replica tries; the database lets one step run at a time and each
 * step is a transaction of its own, so that it may end anywhere.
 */
@Component
class CondenseHistory implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CondenseHistory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HistoryDays days;
    private final HistorySettings settings;
    private final Clock clock;
    private final Counter condensed;
    private volatile Duration lag = Duration.ZERO;
    private volatile HistoryDays.Rows rows = new HistoryDays.Rows(0, 0);
    private volatile @Nullable Disposable running;

    CondenseHistory(HistoryDays days, HistorySettings settings, MeterRegistry meters, Clock clock) {
        this.days = days;
        this.settings = settings;
        this.clock = clock;
        this.condensed =
                Counter.builder(PricingMeasure.HISTORY_CONDENSED.meterName()).register(meters);
        Gauge.builder(PricingMeasure.HISTORY_LAG.meterName(), () -> lag.toSeconds())
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(PricingMeasure.HISTORY_ROWS.meterName(), () -> rows.changes())
                .tag("kind", "change")
                .register(meters);
        Gauge.builder(PricingMeasure.HISTORY_ROWS.meterName(), () -> rows.days())
                .tag("kind", "day")
                .register(meters);
    }

    /** Steps until nothing is left, or another replica is at it; then looks how things stand, also when a step failed: who watches the lag must see it grow. */
    Mono<Void> condense() {
        var before = clock.instant().minus(settings.raw());
        return Mono.defer(() -> days.condense(before).timeout(PATIENCE))
                .defaultIfEmpty(0)
                .doOnNext(condensed::increment)
                .repeat()
                .takeUntil(taken -> taken == 0)
                .then()
                .onErrorResume(fault -> look(before).then(Mono.error(fault)))
                .then(look(before));
    }

    private Mono<Void> look(Instant before) {
        return Mono.zip(days.lag(before), days.rows())
                .timeout(PATIENCE)
                .doOnNext(found -> {
                    lag = found.getT1();
                    rows = found.getT2();
                })
                .then();
    }

    @Override
    public void start() {
        running = Flux.interval(Duration.ZERO, settings.every())
                .onBackpressureLatest()
                .concatMap(tick -> condense().onErrorResume(this::tellAndGoOn))
                .subscribe();
    }

    private Mono<Void> tellAndGoOn(Throwable fault) {
        LOG.warn("cannot condense the history now", fault);
        return Mono.empty();
    }

    @Override
    public void stop() {
        var present = running;
        if (present != null) {
            present.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
