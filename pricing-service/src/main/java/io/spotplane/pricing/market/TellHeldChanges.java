package io.spotplane.pricing.market;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.pricing.book.HeldChanges;
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
 * Tells others of changes that were held long enough, also of markets that nobody collects any more: a change that lasts is told when its window ends,
 * whatever else happens. Every replica looks; a market is told of by one at a time.
 */
@Component
class TellHeldChanges implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TellHeldChanges.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HeldChanges held;
    private final MeterRegistry meters;
    private final Clock clock;
    private volatile Instant allToldAt;
    private volatile @Nullable Disposable looking;

    TellHeldChanges(HeldChanges held, MeterRegistry meters, Clock clock) {
        this.held = held;
        this.meters = meters;
        this.clock = clock;
        this.allToldAt = clock.instant();
        Gauge.builder(PricingMeasure.PRICE_HELD_LAG.meterName(), this::lagSeconds)
                .baseUnit("seconds")
                .register(meters);
    }

    private double lagSeconds() {
        return Duration.between(allToldAt, clock.instant()).toMillis() / 1000.0;
    }

    /** One look at every market. Never fails: what could not be told now is told at the next look. */
    Mono<Void> step() {
        return Mono.defer(() -> tellDue(clock.instant()))
                .timeout(PATIENCE)
                .onErrorResume(fault -> Mono.fromRunnable(() -> LOG.warn("cannot tell of held changes yet", fault)));
    }

    private Mono<Void> tellDue(Instant now) {
        return held.due(now).concatMap(this::tellAll).then().doOnSuccess(done -> allToldAt = now);
    }

    /** Transaction by transaction, until there is nothing more. */
    private Mono<Void> tellAll(String provider) {
        return Mono.defer(() -> held.tell(provider, clock.instant()))
                .doOnNext(told -> count(provider, told))
                .repeat()
                .takeWhile(told -> told > 0)
                .then();
    }

    private void count(String provider, int told) {
        meters.counter(PricingMeasure.PRICE_DEBOUNCED.meterName(), "provider", provider, "outcome", "told")
                .increment(told);
    }

    @Override
    public void start() {
        looking = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> step(), 1)
                .subscribe();
    }

    @Override
    public void stop() {
        var running = looking;
        if (running != null) {
            running.dispose();
            looking = null;
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
