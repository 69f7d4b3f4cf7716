package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.interruption.InterruptionPolling;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Asks for notices. Every replica does: repeats are dropped, and a notice must not wait for anybody's lease. */
final class InterruptionLoop extends Loop {

    private final InterruptionPolling polling;
    private final Duration every;

    InterruptionLoop(InterruptionPolling polling, Duration every) {
        this.polling = polling;
        this.every = every;
    }

    @Override
    Flux<?> work() {
        return Flux.interval(every).onBackpressureDrop().concatMap(_ -> survive(polling.pass()), 0);
    }
}
