package io.spotplane.pricing.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.pricing.measure.PricingMeasure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the months ahead and drops those that are no longer needed: condensed ones, and all that are older than kept. Any number of
 * replicas may do so at once.
 */
@Component
class KeepPartitions implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeepPartitions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatabaseClient database;
    private final HistorySettings settings;
    private final Clock clock;
    private volatile Instant keptAt;
    private volatile @Nullable Disposable running;

    KeepPartitions(DatabaseClient database, HistorySettings settings, MeterRegistry meters, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.keptAt = clock.instant();
        Gauge.builder(PricingMeasure.HISTORY_PARTITIONS_AGE.meterName(), this::ageSeconds)
                .baseUnit("seconds")
                .register(meters);
    }

    private double ageSeconds() {
        return Duration.between(keptAt, clock.instant()).toMillis() / 1000.0;
    }

    /** One look: makes what is missing from this month on, drops what is older than kept. */
    Mono<Void> keep() {
        var now = clock.instant();
        return Flux.range(0, settings.monthsAhead() + 1)
                .concatMap(months -> make(monthsAfter(now, months)))
                .thenMany(dropBefore(now.minus(settings.keep())))
                .concatWith(dropCondensed(now.minus(settings.raw()), now.minus(settings.keep())))
                .doOnNext(dropped -> LOG.info("dropped {}, it is condensed or older than {}", dropped, settings.keep()))
                .then()
                .timeout(PATIENCE)
                .doOnSuccess(done -> keptAt = now);
    }

    private static Instant monthsAfter(Instant now, int months) {
        return now.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    private Mono<String> make(Instant moment) {
        return database.sql("SELECT make_price_history_partition(:moment) AS name")
                .bind("moment", moment)
                .mapValue(String.class)
                .one();
    }

    private Flux<String> dropBefore(Instant moment) {
        return database.sql("SELECT drop_price_history_before(:moment) AS name")
                .bind("moment", moment)
                .mapValue(String.class)
                .all();
    }

    private Flux<String> dropCondensed(Instant condensed, Instant kept) {
        return database.sql("SELECT drop_condensed_history(:condensed, :kept) AS name")
                .bind("condensed", condensed)
                .bind("kept", kept)
                .mapValue(String.class)
                .all();
    }

    @Override
    public void start() {
        running = Flux.interval(Duration.ZERO, settings.every())
                .onBackpressureLatest()
                .concatMap(tick -> keep().onErrorResume(this::tellAndGoOn))
                .subscribe();
    }

    private Mono<Void> tellAndGoOn(Throwable fault) {
        LOG.warn("cannot look after the history's partitions now", fault);
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
