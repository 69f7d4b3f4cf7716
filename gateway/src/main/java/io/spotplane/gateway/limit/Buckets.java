package io.spotplane.gateway.limit;

import reactor.core.publisher.Mono;

/** Token buckets by key. */
interface Buckets {

    /** Takes one token of the bucket {@code key}, which is made full when it is new. */
    Mono<Decision> take(String key, Rate rate);
}
