package io.spotplane.pricing.shelf;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.testing.RememberedBook;
import io.spotplane.pricing.testing.RememberedShelves;
import io.spotplane.pricing.testing.Storefronts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowShelvesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Offering G6 = offering("aws", "g6").at("0.30");
    private static final Offering M7 = offering("aws", "m7").at("0.10");

    private final RememberedShelves shelves = new RememberedShelves();
    private final RememberedBook book = new RememberedBook();
    private final Storefront storefront = Storefronts.detached();
    private final FollowShelves following =
            new FollowShelves(shelves, book, storefront, new ShelfSettings(Duration.ofSeconds(1), Duration.ofDays(7)));

    @Test
    void showsWhatAnotherReplicaCollected() {
        // Given
        shelves.placeWhole(shelf(5, G6), reportAt(NOON)).block();
        // When
        following.follow().block();
        // Then
        assertThat(onSale()).isEqualTo(byId(G6));
        assertThat(storefront.report("aws")).contains(reportAt(NOON));
        assertThat(storefront.detached()).isEmpty();
    }

    @Test
    void showsANewReportOfAnUnchangedShelf() {
        // Given
        shelves.placeWhole(shelf(5, G6), reportAt(NOON)).block();
        following.follow().block();
        shelves.place(shelf(5, G6), reportAt(NOON.plusSeconds(30)), 5, SharedShelves.Difference.NONE)
                .block();
        // When
        following.follow().block();
        // Then
        assertThat(storefront.report("aws")).contains(reportAt(NOON.plusSeconds(30)));
    }

    @Test
    void servesWhatIsInMemoryAsDetachedWhileRedisIsAway() {
        // Given
        shelves.placeWhole(shelf(5, G6), reportAt(NOON)).block();
        following.follow().block();
        shelves.away(true);
        // When
        following.follow().block();
        // Then
        assertThat(onSale()).isEqualTo(byId(G6));
        assertThat(storefront.detached()).contains("the shared shelves cannot be reached");
    }

    @Test
    void givesTheShelfBackToARedisThatLostIt() {
        // Given
        shelves.placeWhole(shelf(5, G6), reportAt(NOON)).block();
        following.follow().block();
        shelves.flush();
        // When
        following.follow().block();
        // Then
        assertThat(shelves.shelf("aws")).isNotNull().extracting(Shelf::version).isEqualTo(5L);
    }

    @Test
    void givesBackWhatWasCollectedWhileRedisWasAway() {
        // Given
        shelves.placeWhole(shelf(5, G6), reportAt(NOON)).block();
        storefront.install(shelf(6, G6, M7), reportAt(NOON.plusSeconds(30)));
        // When
        following.follow().block();
        // Then
        assertThat(shelves.shelf("aws"))
                .isNotNull()
                .extracting(Shelf::offerings)
                .isEqualTo(byId(G6, M7));
        assertThat(shelves.report("aws")).isEqualTo(reportAt(NOON.plusSeconds(30)));
    }

    @Test
    void readsTheBookWhenItAndRedisStartFromNothing() {
        // Given
        recorded(G6);
        // When
        following.follow().block();
        following.follow().block();
        // Then
        assertThat(onSale()).isEqualTo(byId(G6));
        assertThat(shelves.shelf("aws"))
                .isNotNull()
                .extracting(Shelf::offerings)
                .isEqualTo(byId(G6));
        assertThat(book.reads).hasSize(1);
    }

    @Test
    void answersFromTheBookWhenRedisIsAwayAtTheStart() {
        // Given
        shelves.away(true);
        recorded(G6);
        // When
        following.follow().block();
        // Then
        assertThat(onSale()).isEqualTo(byId(G6));
        assertThat(storefront.detached()).isPresent();
    }

    @Test
    void readsTheBookLaterWhenItIsAwayAtTheStart() {
        // Given
        recorded(G6);
        book.breaks(new IllegalStateException("database is away"));
        following.follow().block();
        book.works();
        // When
        following.follow().block();
        // Then
        assertThat(onSale()).isEqualTo(byId(G6));
    }

    private void recorded(Offering offering) {
        var lease = book.lease("aws");
        book.record(lease, List.of(new Change.Listed(offering)), NOON).block();
        book.giveBack(lease, reportAt(NOON), Duration.ZERO).block();
    }

    private Map<String, Offering> onSale() {
        return storefront.shelf("aws").map(Shelf::offerings).orElse(Map.of());
    }

    private static Shelf shelf(long version, Offering... offerings) {
        return Shelf.of("aws", version, byId(offerings));
    }

    private static MarketReport reportAt(Instant at) {
        return MarketReport.neverCollected("aws", Duration.ofMinutes(5)).believed(at, at, Duration.ZERO, 1, Map.of());
    }
}
