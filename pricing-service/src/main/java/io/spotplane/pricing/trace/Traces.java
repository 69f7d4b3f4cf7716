package io.spotplane.pricing.trace;

import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The traces that tenants brought. No tenant sees another's. */
public interface Traces {

    /** Most traces that a tenant may keep. */
    int MOST = 200;

    /** Keeps {@code trace}; false when the tenant keeps {@link #MOST} already. */
    Mono<Boolean> add(String tenant, StoredTrace trace);

    /** The tenant's trace with this id; empty when it has none. */
    Mono<StoredTrace> find(String tenant, UUID id);

    /** All traces of the tenant, newest first. */
    Flux<StoredTrace> all(String tenant);

    /** Forgets one; false when the tenant has none with this id. */
    Mono<Boolean> remove(String tenant, UUID id);
}
