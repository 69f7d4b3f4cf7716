package io.spotplane.inventory.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The remote calls of one look: how many, and how long they took one after another. The sum is what the same look would take without
 * concurrency, so sum ÷ duration is what concurrency gained.
 */
public final class Calls {

    private final Scheduler clock;
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    public Calls(Scheduler clock) {
        this.clock = clock;
    }

    /** {@code call}, counted and timed until it answers, fails or is cancelled. */
    public <T> Mono<T> time(Mono<T> call) {
        return Mono.defer(() -> {
            var begun = clock.now(TimeUnit.NANOSECONDS);
            count.increment();
            return call.doOnTerminate(() -> addSince(begun)).doOnCancel(() -> addSince(begun));
        });
    }

    /** How many there were. */
    public int count() {
        return count.intValue();
    }

    /** How long they took, summed. */
    public Duration serialTime() {
        return Duration.ofNanos(nanos.sum());
    }

    /** Before the answer goes on, so that whoever gets the last answer sees all times. */
    private void addSince(long begun) {
        nanos.add(clock.now(TimeUnit.NANOSECONDS) - begun);
    }
}
