package io.spotplane.provisioning.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Background work with a start and a stop. What goes wrong in one turn is logged, and the next turn comes. */
abstract class Loop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private static final int HEARTBEATS_PER_LEASE = 3;

    private @Nullable Disposable running;

    /** The work; ends only when it is cancelled. */
    abstract Flux<?> work();

    /** {@code turn}, with its failure logged instead of passed on. */
    final <T> Mono<T> survive(Mono<T> turn) {
        return turn.onErrorResume(fault -> {
            log.error("A turn of {} failed; the next will try again", getClass().getSimpleName(), fault);
            return Mono.empty();
        });
    }

    /** {@code work} under a lease that is extended while it runs; when it is lost, the work is broken off. */
    final <T> Mono<T> whileHeld(Duration lease, Mono<Boolean> extend, Mono<T> work) {
        var lost = Flux.interval(lease.dividedBy(HEARTBEATS_PER_LEASE))
                .onBackpressureDrop()
                .concatMap(_ -> survive(extend), 0)
                .filter(held -> !held)
                .next();
        return work.takeUntilOther(lost);
    }

    @Override
    public synchronized void start() {
        running = work().subscribe();
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
