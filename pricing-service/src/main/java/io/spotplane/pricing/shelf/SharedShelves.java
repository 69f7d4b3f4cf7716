package io.spotplane.pricing.shelf;

import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The shelves that all replicas share. Laws: a shelf is replaced as a whole or not at all; never by an older version; a reader sees one
 * version. Every Mono fails when Redis does not answer in time.
 */
public interface SharedShelves {

    /**
     * Puts {@code shelf} there. When the version there is {@code base}, only what differs is sent, otherwise all of it.
     *
     * @param base the version that {@code changed} is the difference from
     * @param changed ids of the offerings that differ from {@code base}; may be empty when only the report is new
     */
    Mono<Placement> place(Shelf shelf, MarketReport report, long base, Set<String> changed);

    /** Puts the whole of {@code shelf} there, as after Redis lost it. */
    Mono<Placement> placeWhole(Shelf shelf, MarketReport report);

    /** The markets that have a shelf. */
    Flux<String> markets();

    /** What is there now; only segments that differ from {@code known} are fetched. */
    Mono<Display> look(Shelf known);

    /** The provider of each market whose shelf or report was replaced, as it happens. Best effort: words may be lost. */
    Flux<String> news();

    /** What came of placing a shelf. */
    enum Placement {
        PLACED,
        /** A newer version is there, which stays. */
        NEWER_THERE
    }

    /**
     * A shelf as it is shared.
     *
     * @param version the version there; 0 when there is no shelf
     * @param newest what is there when that is newer than what the reader knows, otherwise what the reader knows
     * @param report how its market is doing; null when there is none
     */
    record Display(long version, Shelf newest, @Nullable MarketReport report) {}
}
