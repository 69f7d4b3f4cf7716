package io.spotplane.pricing.shelf;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import java.util.Map;
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
     * Makes ready what differs. Needs no version, so that a round does it while the book is written.
     *
     * @param offerings everything on the shelf that is to be placed, by id
     * @param changed ids of those that differ from the shelf before; may be empty when only the report is new
     */
    Mono<Difference> difference(Map<String, Offering> offerings, Set<String> changed);

    /**
     * Puts {@code shelf} there. When the version there is {@code base}, only what differs is sent, otherwise all of it.
     *
     * @param base the version that {@code difference} is the difference from
     */
    Mono<Placement> place(Shelf shelf, MarketReport report, long base, Difference difference);

    /** Puts the whole of {@code shelf} there, as after Redis lost it. */
    Mono<Placement> placeWhole(Shelf shelf, MarketReport report);

    /** The markets that have a shelf. */
    Flux<String> markets();

    /** What is there now; only segments that differ from {@code known} are fetched. */
    Mono<Display> look(Shelf known);

    /** The provider of each market whose shelf or report was replaced, as it happens. Best effort: words may be lost. */
    Flux<String> news();

    /**
     * What differs between two versions of a shelf.
     *
     * @param changed ids of the offerings that differ
     * @param segments the segments of the later shelf that they are in, as they are shared
     */
    record Difference(Set<String> changed, Map<Integer, byte[]> segments) {

        /** Only the report is new. */
        public static final Difference NONE = new Difference(Set.of(), Map.of());
    }

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
