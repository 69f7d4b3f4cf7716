package io.spotplane.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Measures the backlog and deletes what has been kept long enough, a batch at a time. Any number may run at once. */
final class OutboxHousekeeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxHousekeeping.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);
    private static final Duration DELETE_EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 1_000;

    private final PendingEvents events;
    private final DatabaseClient database;
    private final OutboxSettings settings;
    private volatile PendingEvents.Backlog backlog = new PendingEvents.Backlog(0, Duration.ZERO);
    private @Nullable Disposable duties;

    OutboxHousekeeping(PendingEvents events, DatabaseClient database, OutboxSettings settings, MeterRegistry meters) {
        this.events = events;
        this.database = database;
        this.settings = settings;
        Gauge.builder("spotplane.outbox.pending", () -> backlog.pending())
                .description("Events that wait to be announced")
                .register(meters);
        TimeGauge.builder(
                        "spotplane.outbox.oldest.age", () -> backlog.oldestAge().toMillis(), TimeUnit.MILLISECONDS)
                .description("Since the oldest waiting event was appended")
                .register(meters);
    }

    @Override
    public void start() {
        duties = Disposables.composite(
                every(MEASURE_EVERY, "measure the outbox", measure()),
                every(DELETE_EVERY, "delete old rows of the inbox", deleteOld()));
    }

    private static Disposable every(Duration period, String duty, Mono<Void> once) {
        return Flux.interval(period)
                .onBackpressureDrop()
                .concatMap(
                        tick -> once.timeout(LIMIT).onErrorResume(fault -> {
                            log.warn("Could not {}: {}", duty, fault.toString());
                            return Mono.empty();
                        }),
                        0)
                .subscribe();
    }

    private Mono<Void> measure() {
        return events.backlog().doOnNext(now -> backlog = now).then();
    }

    /** Deletes until a batch is not full. */
    Mono<Void> deleteOld() {
        return deleteBatch().repeat().takeWhile(deleted -> deleted == BATCH).then();
    }

    private Mono<Long> deleteBatch() {
        return database.sql("""
                delete from inbox where ctid in (
                    select ctid from inbox where applied_at < clock_timestamp() - make_interval(secs => :keep)
                    limit :batch for update skip locked)""")
                .bind("keep", (double) settings.keepApplied().toSeconds())
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public void stop() {
        if (duties != null) {
            duties.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return duties != null && !duties.isDisposed();
    }
}
