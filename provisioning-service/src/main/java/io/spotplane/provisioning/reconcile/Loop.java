package io.spotplane.provisioning.reconcile;

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
