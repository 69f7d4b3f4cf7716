package io.spotplane.pricing.deadline;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The plans that tenants made. No tenant sees another's. */
interface DeadlinePlans {

    /** Keeps {@code plan} until {@code expires}. */
    Mono<Void> add(String tenant, StoredPlan plan, Instant expires);

    /** The tenant's plan with this id; empty when it has none. */
    Mono<StoredPlan> find(String tenant, UUID id);

    /** Forgets what expired before {@code now}; tells how many. */
    Mono<Long> forgetExpired(Instant now);
}
