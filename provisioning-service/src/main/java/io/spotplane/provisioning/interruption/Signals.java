package io.spotplane.provisioning.interruption;

import io.spotplane.providers.spi.InterruptionSignal;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The notices that were received, each once. */
public interface Signals {

    /** Remembers {@code signal} in the caller's transaction; false for a repeat. */
    Mono<Boolean> add(InterruptionSignal signal, Instant receivedAt);

    /** In the caller's transaction: the signal was for {@code instanceId}. */
    Mono<Void> matched(InterruptionSignal signal, UUID instanceId);

    /** Signals received after {@code since} whose machine nobody knew. */
    Flux<InterruptionSignal> unmatched(Instant since);
}
