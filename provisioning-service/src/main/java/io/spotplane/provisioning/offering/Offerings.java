package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.Offering;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The offerings as provisioning last heard of them. */
public interface Offerings {

    /** Remembers {@code offering} unless something newer is known. */
    Mono<Void> put(Offering offering);

    /** Forgets an offering that is no longer sold. */
    Mono<Void> withdraw(String offeringId);

    /** Everything of {@code shape} that is for sale, in no order. */
    Flux<Offering> of(Shape shape);
}
