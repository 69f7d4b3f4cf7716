package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The offerings as provisioning last heard of them. */
public interface Offerings {

    /** Remembers {@code offering} unless something newer is known. */
    Mono<Void> put(Offering offering);

    /** Forgets an offering that is no longer sold. */
    Mono<Void> withdraw(String offeringId);

    /** Remembers that every offering of {@code provider} that is known still held at {@code at}. */
    Mono<Void> confirm(String provider, Instant at);

    /** Everything of {@code shape} that is for sale, in no order; {@code receivedAt} is when it was last confirmed. */
    Flux<Offering> of(Shape shape);
}
