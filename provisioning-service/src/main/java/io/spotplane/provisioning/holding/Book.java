package io.spotplane.provisioning.holding;

import io.spotplane.provisioning.instance.Instance;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where holdings are written down. A decision is taken on the holding as it is at that moment, inside the transaction that
 * records it with its events, timeline and cool-downs; so no decision rests on something that has changed meanwhile.
 */
public interface Book {

    /** Writes down a new request; false when its id, or its name among the tenant's live requests, is taken. Joins a transaction. */
    Mono<Boolean> open(CapacityRequest request);

    /** The holding as it is; empty when there is no such request. */
    Mono<Holding> read(UUID requestId);

    /** Decides and records, whoever has the lease; the next look at the request becomes due. Joins a transaction. */
    Mono<Holding> change(UUID requestId, Decide decide);

    /** Decides and records; empty, and nothing is written, when {@code grip} no longer holds. */
    Mono<Holding> change(Grip grip, Decide decide);

    /** Takes leases on up to {@code limit} requests that are due and that nobody holds. */
    Flux<Grip> takeDue(int limit);

    /** Takes the lease on one request; empty when somebody holds it or it is closed. */
    Mono<Grip> take(UUID requestId);

    /** Makes a lease last longer; false when it no longer holds. */
    Mono<Boolean> extend(Grip grip);

    /** Gives a lease back; the next look is due at {@code next}, or earlier when somebody asked for it meanwhile. */
    Mono<Void> release(Grip grip, Instant next);

    /** Requests with instances at {@code provider} that are open. */
    Flux<UUID> holdingAt(String provider);

    /** Instances, open or closed, that have one of these launch tokens. */
    Flux<Instance> withTokens(Collection<String> tokens);

    /** The instance with this machine of {@code provider}; empty when none is known. */
    Mono<Instance> withMachine(String provider, String machine);
}
