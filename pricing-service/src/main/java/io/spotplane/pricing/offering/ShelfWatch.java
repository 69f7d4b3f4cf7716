package io.spotplane.pricing.offering;

import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Told of every version of a market that is written down, in their order: one round of a market at a time, under its lease. What it does is
 * no reason for a round to fail.
 */
public interface ShelfWatch {

    /**
     * A round begins, and {@code shelf} is what the book says. It may not have been shown to {@link #changed}: whoever wrote it down may have
     * been killed before it could.
     */
    Mono<Void> begun(Shelf shelf);

    /**
     * A round wrote {@code after} down; the market's next round begins only afterwards.
     *
     * @param before the version that it was before
     * @param changed ids of what is not as it was
     */
    Mono<Void> changed(long before, Shelf after, Set<String> changed);
}
