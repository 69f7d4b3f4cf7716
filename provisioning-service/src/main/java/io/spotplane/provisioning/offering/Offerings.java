package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The offerings as provisioning last heard of them. */
public interface Offerings {

    /** Remembers {@code offering} unless something newer is known. */
    Mono<Void> put(Offering offering);

    /** Forgets an offering that is no longer sold. */
    Mono<Void> withdraw(String offeringId);

    /** The market of {@code provider} was collected in full at {@code asOf}: what is known of it is confirmed. */
    Mono<Void> confirm(String provider, Instant asOf);

    /**
     * Everything of {@code shape} that is for sale at {@code launchable}, in no order; {@code receivedAt} is when it was last confirmed. Of every other provider at most
     * some hundreds, for placement to say that they are left out: a price list of a hundred thousand machines that nobody can launch must not slow down a purchase.
     */
    Flux<Offering> of(Shape shape, Set<String> launchable);
}
