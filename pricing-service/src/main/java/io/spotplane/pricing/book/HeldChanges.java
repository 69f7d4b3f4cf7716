package io.spotplane.pricing.book;

import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes that were written down and that nobody was told of yet, see {@link Debounce}. Any replica may tell of them, whoever holds the lease of their
 * market: they are facts already. A market is told of by one replica at a time.
 */
public interface HeldChanges {

    /** The markets with changes that were held long enough. */
    Flux<String> due(Instant now);

    /**
     * Tells others of changes of {@code provider}'s market that were held long enough: one history row and one event for each, in one transaction.
     *
     * @return how many; 0 when there are none, or another replica is at it
     */
    Mono<Integer> tell(String provider, Instant now);
}
