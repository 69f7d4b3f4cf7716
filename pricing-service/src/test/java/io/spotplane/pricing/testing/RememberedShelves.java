package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.shelf.SharedShelves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Shared shelves in memory, with the same laws; can be away, and can be flushed. */
public final class RememberedShelves implements SharedShelves {

    public final List<Set<String>> differences = new ArrayList<>();
    private final Map<String, Display> displays = new TreeMap<>();
    private final Sinks.Many<String> news = Sinks.many().multicast().directBestEffort();
    private volatile boolean away;

    public void away(boolean now) {
        away = now;
    }

    public void flush() {
        displays.clear();
    }

    public @Nullable Shelf shelf(String provider) {
        var display = displays.get(provider);
        return display == null ? null : display.newest();
    }

    public @Nullable MarketReport report(String provider) {
        var display = displays.get(provider);
        return display == null ? null : display.report();
    }

    @Override
    public Mono<Difference> difference(Map<String, Offering> offerings, Set<String> changed) {
        return Mono.just(new Difference(changed, Map.of()));
    }

    @Override
    public Mono<Placement> place(Shelf shelf, MarketReport report, long base, Difference difference) {
        return working(() -> {
            var there = displays.get(shelf.provider());
            if (there != null && there.version() > shelf.version()) {
                return Placement.NEWER_THERE;
            }
            differences.add(difference.changed());
            displays.put(shelf.provider(), new Display(shelf.version(), shelf, report));
            news.tryEmitNext(shelf.provider());
            return Placement.PLACED;
        });
    }

    @Override
    public Mono<Placement> placeWhole(Shelf shelf, MarketReport report) {
        return place(shelf, report, -1, new Difference(shelf.offerings().keySet(), Map.of()));
    }

    @Override
    public Flux<String> markets() {
        return working(() -> List.copyOf(displays.keySet())).flatMapIterable(names -> names);
    }

    @Override
    public Mono<Display> look(Shelf known) {
        return working(() -> {
            var there = displays.get(known.provider());
            if (there == null) {
                return new Display(0, known, null);
            }
            return there.version() > known.version() ? there : new Display(there.version(), known, there.report());
        });
    }

    @Override
    public Flux<String> news() {
        return news.asFlux();
    }

    private <T> Mono<T> working(java.util.function.Supplier<T> work) {
        return Mono.defer(() -> away ? Mono.error(new IllegalStateException("away")) : Mono.fromSupplier(work));
    }
}
