package io.spotplane.provisioning.holding;

import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells this replica's reconciler at once that a request changed. Best effort: what is missed, by this or another replica, is found by
 * the poll.
 */
public final class WakeUps {

    private final Sinks.Many<UUID> changed = Sinks.many().multicast().directBestEffort();

    /** The request changed, and its change is committed. */
    public void wake(UUID requestId) {
        changed.tryEmitNext(requestId);
    }

    /** The requests that changed. */
    public Flux<UUID> requests() {
        return changed.asFlux();
    }
}
