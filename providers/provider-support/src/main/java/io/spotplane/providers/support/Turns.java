package io.spotplane.providers.support;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/** So many at a time; the others wait without a thread, and give up unsent when it takes too long or too many wait. */
final class Turns {

    private static final int WAITING_PER_TURN = 64;

    private final InstrumentedPool<Object> turns;
    private final Duration longestWait;

    Turns(int atATime, Duration longestWait) {
        this.turns = PoolBuilder.from(Mono.fromSupplier(Object::new))
                .sizeBetween(0, atATime)
                .maxPendingAcquire(atATime * WAITING_PER_TURN)
                .buildPool();
        this.longestWait = longestWait;
    }

    /** {@code call} when its turn has come; {@link NotSent} when it never came. */
    <T> Mono<T> take(Mono<T> call) {
        return Mono.usingWhen(
                turn(), turn -> call, PooledRef::release, (turn, fault) -> turn.release(), PooledRef::release);
    }

    private Mono<PooledRef<Object>> turn() {
        return turns.acquire(longestWait)
                .onErrorMap(tooMany -> new NotSent("too many calls under way; its turn did not come", tooMany));
    }
}
