package io.spotplane.pricing.testing;

import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.ShelfWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Remembers what it was told of, in order: {@code begun 1000}, {@code changed 1000 -> 1001 [ids]}. */
public final class RememberedWatch implements ShelfWatch {

    public final List<String> told = new ArrayList<>();

    @Override
    public Mono<Void> begun(Shelf shelf) {
        return Mono.fromRunnable(() -> told.add("begun " + shelf.version()));
    }

    @Override
    public Mono<Void> changed(long before, Shelf after, Set<String> changed) {
        return Mono.fromRunnable(() -> told.add("changed " + before + " -> " + after.version() + " " + changed));
    }
}
