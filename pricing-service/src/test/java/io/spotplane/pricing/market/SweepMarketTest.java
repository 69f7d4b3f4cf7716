package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.Doubts;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.MovableClock;
import io.spotplane.pricing.testing.RememberedBook;
import io.spotplane.pricing.testing.RememberedShelves;
import io.spotplane.pricing.testing.RememberedWatch;
import io.spotplane.pricing.testing.Storefronts;
import io.spotplane.providers.spi.MarketSweep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class SweepMarketTest {

    private static final Offering G6 = offering("aws", "g6").gpu("L4", 1).at("0.30");
    private static final Offering M7 = offering("aws", "m7").at("0.10");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RememberedBook book = new RememberedBook();
    private final RememberedShelves shelves = new RememberedShelves();
    private final Storefront storefront = Storefronts.attached(meters);
    private final RememberedWatch watch = new RememberedWatch();
    private final FakeMarket aws = new FakeMarket("aws");
    private final MovableClock clock = new MovableClock();
    private Duration debounce = Duration.ZERO;
    private SweepMarket sweep = sweeping();

    @Test
    void writesDownAnnouncesAndPutsOutWhatAMarketSells() {
        // Given
        aws.sells(G6, M7);
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(recorded()).containsExactlyInAnyOrder(new Change.Listed(G6), new Change.Listed(M7));
        assertThat(onSale()).containsOnlyKeys(G6.id(), M7.id());
        assertThat(shelves.shelf("aws")).extracting(Shelf::offerings).isEqualTo(onSale());
        assertThat(report().error()).isNull();
    }

    @Test
    void writesNothingDownWhenNothingChanged() {
        // Given
        aws.sells(G6, M7);
        round();
        book.rounds.clear();
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(book.rounds).isEmpty();
        assertThat(shelves.differences.getLast()).isEmpty();
        assertThat(meters.get("spotplane.price.updates").counter().count()).isEqualTo(2);
    }

    @Test
    void copiesOnlyTheDifferenceToTheSharedShelves() {
        // Given
        aws.sells(G6, M7);
        round();
        var dearer = offering("aws", "g6").gpu("L4", 1).at("0.31");
        aws.sells(dearer, M7);
        // When
        round();
        // Then
        assertThat(shelves.differences.getLast()).containsExactly(G6.id());
        assertThat(recorded()).contains(new Change.Altered(dearer, G6));
    }

    @Test
    void writesDownARoundOfAnySizeAtOnce() {
        // Given
        aws.sells(IntStream.range(0, 4_500)
                .mapToObj(i -> offering("aws", "t" + i).at("0.10"))
                .toList());
        // When
        round();
        // Then
        assertThat(book.rounds).extracting(List::size).containsExactly(4_500);
        assertThat(onSale()).hasSize(4_500);
    }

    @Test
    void keepsTheLastGoodPricesOfAMarketThatFails() {
        // Given
        aws.sells(G6);
        round();
        var asOf = report().asOf();
        aws.fails("503 Service Unavailable");
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.FAILED);
        assertThat(onSale()).containsOnlyKeys(G6.id());
        assertThat(report().asOf()).isEqualTo(asOf);
        assertThat(report().error()).contains("503 Service Unavailable");
        assertThat(shelves.report("aws")).isEqualTo(report());
    }

    @Test
    void showsTheWatchWhatTheBookSaysAndWhatTheRoundChanged() {
        // Given
        aws.sells(G6);
        round();
        round();
        aws.sells(offering("aws", "g6").gpu("L4", 1).at("0.31"));
        // When
        round();
        // Then
        assertThat(watch.told)
                .containsExactly(
                        "begun 1000",
                        "changed 1000 -> 1001 [" + G6.id() + "]",
                        "begun 1001",
                        "begun 1001",
                        "changed 1001 -> 1002 [" + G6.id() + "]");
    }

    @Test
    void givesUpOnAMarketThatHangs() {
        // Given
        aws.hangs();
        // When / Then
        StepVerifier.withVirtualTime(() -> sweep.under(book.lease("aws"), aws))
                .thenAwait(Duration.ofSeconds(60))
                .expectNext(SweepOutcome.TIMEOUT)
                .verifyComplete();
        assertThat(report().error()).isEqualTo("no answer within PT1M");
    }

    @Test
    void showsNothingOfAFaultThatNoAdapterMadeSafe() {
        // Given
        aws.breaks(new IllegalStateException("https://user:secret@example.org/"));
        // When
        round();
        // Then
        assertThat(report().error()).isEqualTo("IllegalStateException");
    }

    @Test
    void doesNotBelieveAShortSweep() {
        // Given
        aws.sells(G6, M7, offering("aws", "c7").at("0.2"));
        round();
        aws.sells(G6);
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.SHORT);
        assertThat(onSale()).hasSize(3);
        assertThat(report().error()).isEqualTo("the sweep shows 1 offerings after 3: not believed");
    }

    @Test
    void believesHalfOfWhatWasForSale() {
        // Given
        aws.sells(G6, M7);
        round();
        aws.sells(G6);
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(recorded()).filteredOn(Change.Withdrawn.class::isInstance).hasSize(1);
    }

    @Test
    void believesAShortSweepThatKeepsComing() {
        // Given
        aws.sells(G6, M7, offering("aws", "c7").at("0.2"));
        round();
        aws.sells(G6);
        round();
        aws.fails("between");
        round();
        aws.sells(G6);
        round();
        // When
        var third = round();
        // Then
        assertThat(third).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(onSale()).containsOnlyKeys(G6.id());
    }

    @Test
    void countsRejectedRowsByReason() {
        // Given
        aws.sells(G6, offering("aws", "free").at("0"), offering("aws", "free2").at("0"));
        // When
        round();
        // Then
        var rejected =
                meters.get("spotplane.price.rejected").tag("provider", "aws").tag("reason", "ZERO_PRICE");
        assertThat(rejected.counter().count()).isEqualTo(2);
        assertThat(report().rejected()).containsExactly(Map.entry("ZERO_PRICE", 2));
        assertThat(onSale()).containsOnlyKeys(G6.id());
    }

    @Test
    void keepsTheLastGoodPriceOfARowThatMakesNoSenseAndMarksIt() {
        // Given
        aws.sells(G6, M7);
        round();
        var confirmed = report().asOf();
        aws.sells(offering("aws", "g6").gpu("L4", 1).at("0"), M7);
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(onSale()).containsEntry(G6.id(), G6).containsKey(M7.id());
        assertThat(recorded()).noneMatch(Change.Withdrawn.class::isInstance);
        assertThat(report().confirmedAt(G6.id())).isEqualTo(confirmed);
        assertThat(report().staleAt(Instant.now(), G6.id())).isTrue();
        assertThat(report().staleAt(Instant.now(), M7.id())).isFalse();
        assertThat(report().doubts().samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.row()).startsWith(G6.id() + ": 0 USD/h"));
    }

    @Test
    void keepsWhatTheAdapterCouldNotReadButKnewTheNameOf() {
        // Given
        aws.sells(G6, M7);
        round();
        aws.sweeps(new MarketSweep(
                List.of(M7), List.of(new MarketSweep.RejectedRow("g6 at NaN", "NO_PRICE", G6.id())), Instant.now()));
        // When
        round();
        // Then
        assertThat(onSale()).containsEntry(G6.id(), G6);
        assertThat(report().doubts().kept()).containsOnlyKeys(G6.id());
    }

    @Test
    void doubtsNothingAnyMoreWhenTheRowMakesSenseAgain() {
        // Given
        aws.sells(G6, M7);
        round();
        aws.sells(offering("aws", "g6").gpu("L4", 1).at("0"), M7);
        round();
        aws.sells(G6, M7);
        // When
        round();
        // Then
        assertThat(report().doubts()).isEqualTo(Doubts.NONE);
    }

    @Test
    void withdrawsWhatWasNotConfirmedForTooLong() {
        // Given
        aws.sells(G6, M7);
        round();
        aws.sells(offering("aws", "g6").gpu("L4", 1).at("0"), M7);
        round();
        // When
        clock.forward(MarketSettings.DEFAULTS.doubtFor());
        round();
        // Then
        assertThat(onSale()).containsOnlyKeys(M7.id());
        assertThat(report().doubts().kept()).isEmpty();
        assertThat(report().rejected()).containsEntry("ZERO_PRICE", 1);
    }

    @Test
    void doesNotCountWhatIsKeptInDoubtAsShown() {
        // Given
        aws.sells(G6, M7, offering("aws", "c7").at("0.2"));
        round();
        aws.sells(G6, offering("aws", "m7").at("0"), offering("aws", "c7").at("0"));
        // When / Then
        assertThat(round()).isEqualTo(SweepOutcome.SHORT);
    }

    @Test
    void servesTheNewestPriceAtOnceOfWhatOthersAreToldLater() {
        // Given
        debounce = Duration.ofHours(6);
        sweep = sweeping();
        aws.sells(G6);
        round();
        var dearer = offering("aws", "g6").gpu("L4", 1).at("0.31");
        aws.sells(dearer);
        // When
        round();
        // Then
        assertThat(onSale()).containsEntry(G6.id(), dearer);
        assertThat(shelves.shelf("aws")).extracting(Shelf::offerings).isEqualTo(onSale());
        assertThat(book.news("aws")).containsExactly(new Change.Listed(G6));
        assertThat(meters.get("spotplane.price.debounced")
                        .tag("outcome", "held")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void waitsAsLongAsTheProviderAsked() {
        // Given
        aws.fails("slow down", Duration.ofMinutes(3));
        // When
        round();
        // Then
        assertThat(book.pauses).containsExactly(Duration.ofMinutes(3));
    }

    @Test
    void goesOnWhileRedisIsAway() {
        // Given
        shelves.away(true);
        aws.sells(G6);
        // When
        var outcome = round();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.BELIEVED);
        assertThat(book.forSale("aws")).containsOnlyKeys(G6.id());
        assertThat(onSale()).containsOnlyKeys(G6.id());
    }

    @Test
    void putsNothingOutThatCouldNotBeWrittenDown() {
        // Given
        aws.sells(G6);
        var lease = book.lease("aws");
        storefront.install(
                Shelf.of("aws", lease.version(), Map.of()), MarketReport.neverCollected("aws", Duration.ofMinutes(5)));
        book.breaks(new IllegalStateException("database is away"));
        // When
        var outcome = sweep.under(lease, aws).block();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.FAILED);
        assertThat(onSale()).isEmpty();
        assertThat(shelves.shelf("aws"))
                .satisfiesAnyOf(
                        shelf -> assertThat(shelf).isNull(),
                        shelf -> assertThat(shelf).extracting(Shelf::offerings).isEqualTo(Map.of()));
    }

    @Test
    void writesNothingAfterAnotherReplicaTookOver() {
        // Given
        aws.sells(G6);
        var lease = book.lease("aws");
        book.takeAway(lease);
        // When
        var outcome = sweep.under(lease, aws).block();
        // Then
        assertThat(outcome).isEqualTo(SweepOutcome.LEASE_LOST);
        assertThat(book.rounds).isEmpty();
        assertThat(onSale()).isEmpty();
    }

    @Test
    void readsTheBookWhenAnotherReplicaWroteInBetween() {
        // Given
        aws.sells(G6);
        round();
        otherReplicaRecords(M7);
        book.rounds.clear();
        aws.sells(G6, M7);
        // When
        round();
        // Then
        assertThat(book.rounds).isEmpty();
        assertThat(book.reads).containsExactly("aws", "aws");
    }

    private void otherReplicaRecords(Offering offering) {
        var lease = book.lease("aws");
        book.record(lease, List.of(new Change.Listed(offering)), offering.observedAt())
                .block();
        book.giveBack(lease, report(), Duration.ZERO).block();
    }

    private @Nullable SweepOutcome round() {
        return sweep.under(book.lease("aws"), aws).block(Duration.ofSeconds(10));
    }

    private List<Change> recorded() {
        return book.rounds.stream().flatMap(List::stream).toList();
    }

    private Map<String, Offering> onSale() {
        return storefront.shelf("aws").map(Shelf::offerings).orElse(Map.of());
    }

    private MarketReport report() {
        return storefront.report("aws").orElseThrow();
    }

    private SweepMarket sweeping() {
        return new SweepMarket(book, book, shelves, storefront, watch, settings(), meters, clock);
    }

    private PricingSettings settings() {
        var rhythm = new MarketSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                debounce,
                Duration.ofSeconds(10));
        return new PricingSettings(Map.of("aws", rhythm), "USD", new BigDecimal("10000"), Duration.ofMinutes(10), 3);
    }
}
