package io.spotplane.inventory.snapshot;

import reactor.core.publisher.Mono;

/** The last good snapshot of each source. */
public interface Snapshots {

    /** The last one of {@code source}; empty when there never was one. */
    <T> Mono<Snapshot<T>> latest(Source<T> source);

    /**
     * Replaces the source's snapshot in one step.
     *
     * @return false when one with a greater fence is there: this one is late and is dropped
     */
    Mono<Boolean> keep(Snapshot<?> snapshot);
}
