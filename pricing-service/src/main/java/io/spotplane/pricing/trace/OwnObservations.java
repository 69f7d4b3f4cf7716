package io.spotplane.pricing.trace;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** What this service itself saw of an offering's stock. */
public interface OwnObservations {

    /**
     * When {@code offeringId} could be had, until {@code now}: it was for sale, and its provider did not say that there is none. Empty when it was never seen, or
     * its provider never says anything about stock.
     */
    Mono<AvailabilityTrace> of(String offeringId, Instant now);
}
