package io.spotplane.web.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes answers that no client may ask for any more: in small batches, by any number of replicas at once. */
final class ForgetOldAnswers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetOldAnswers.class);
    private static final int BATCH = 1_000;

    private final DatabaseClient database;
    private final Duration keep;
    private final Duration pause;
    private final Clock clock;
    private @Nullable Disposable running;

    ForgetOldAnswers(DatabaseClient database, Duration keep, Duration pause, Clock clock) {
        this.database = database;
        this.keep = keep;
        this.pause = pause;
        this.clock = clock;
    }

    /** Deletes what is older than it must be kept; tells how many rows went. */
    Mono<Long> sweep() {
        var before = clock.instant().minus(keep);
        return deleteBatch(before)
                .expand(deleted -> deleted < BATCH ? Mono.empty() : deleteBatch(before))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> deleteBatch(Instant before) {
        return database.sql("""
                        delete from idempotent_write where ctid = any (array(
                            select ctid from idempotent_write where created_at < :before
                            limit :batch for update skip locked))""")
                .bind("before", before)
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public synchronized void start() {
        running = Flux.interval(pause)
                .onBackpressureDrop()
                .concatMap(tick -> sweep().onErrorResume(ForgetOldAnswers::tryNextTime))
                .subscribe();
    }

    private static Mono<Long> tryNextTime(Throwable fault) {
        LOG.warn("Old idempotent answers were not deleted this time: {}", fault.toString());
        return Mono.empty();
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
