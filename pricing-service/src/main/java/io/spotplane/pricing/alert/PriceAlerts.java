package io.spotplane.pricing.alert;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every tenant's alerts; each question names the tenant. */
interface PriceAlerts {

    /** Adds one; empty when the tenant already has {@code most}. */
    Mono<PriceAlert> add(String tenant, AlertDefinition definition, int most);

    /** The alert {@code id}; empty when the tenant has none of that id. */
    Mono<PriceAlert> find(String tenant, UUID id);

    /** At most {@code limit}, oldest first, from after {@code after} on. */
    Flux<PriceAlert> list(String tenant, @Nullable UUID after, int limit);

    /** Removes it; false when there is none. */
    Mono<Boolean> remove(String tenant, UUID id);

    /** Whether an offering with this id is, or ever was, for sale. */
    Mono<Boolean> everForSale(String offeringId);
}
