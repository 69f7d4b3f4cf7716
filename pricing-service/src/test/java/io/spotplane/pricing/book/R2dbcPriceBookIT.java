package io.spotplane.pricing.book;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.MarketSwept;
import io.spotplane.contracts.event.OfferingRepriced;
import io.spotplane.contracts.event.OfferingWithdrawn;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.NewEvent;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

@Infrastructure(POSTGRES)
class R2dbcPriceBookIT {

    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Debounce SIX_HOURS = new Debounce(Duration.ofHours(6));
    private static final Duration TERM = Duration.ofSeconds(30);

    /** Every test has a market of its own. */
    private final String provider = "p" + UUID.randomUUID().toString().substring(0, 8);

    private final Offering g6 =
            offering(provider, "g6").gpu("L4", 1).billed("0.310000").at("0.300000");
    private final Offering dearer = offering(provider, "g6").gpu("L4", 1).at("0.45");
    private final Offering m7 = offering(provider, "m7").at("0.10");
    private final RememberedOutbox outbox = new RememberedOutbox();
    private RealBook real;
    private PriceBook book;
    private MarketLeases leases;
    private HeldChanges held;

    @BeforeEach
    void open(PostgresServer postgres) {
        real = new RealBook(postgres);
        book = real.book(outbox);
        leases = real.leases(outbox);
        held = real.held(outbox);
    }

    @Test
    void givesBackWhatWasWrittenDown() {
        // Given
        var lease = taken("me");
        // When
        var version = book.record(lease, List.of(new Change.Listed(g6), new Change.Listed(m7)), AT)
                .block();
        // Then
        var page = book.read(provider).block();
        assertThat(page).isNotNull();
        assertThat(page.version()).isEqualTo(version).isEqualTo(lease.version() + 1);
        assertThat(page.offerings()).isEqualTo(byId(g6, m7));
        assertThat(book.versions().block()).containsEntry(provider, version);
    }

    @Test
    void keepsOneHistoryRowForEachChangeAndTheLatestState() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(g6), new Change.Listed(m7)), AT)
                .block();
        // When
        book.record(lease, List.of(new Change.Altered(dearer, g6), new Change.Withdrawn(m7, AT)), AT.plusSeconds(30))
                .block();
        // Then
        assertThat(book.read(provider).block())
                .extracting(PriceBook.Page::offerings)
                .isEqualTo(byId(dearer));
        assertThat(historyOf(g6.id())).containsExactly("0.300000 0.310000 true", "0.450000 0.450000 true");
        assertThat(historyOf(m7.id())).containsExactly("0.100000 0.100000 true", "0.100000 0.100000 false");
    }

    @Test
    void sellsAWithdrawnOfferingAgainUnderItsOldKey() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(m7)), AT).block();
        book.record(lease, List.of(new Change.Withdrawn(m7, AT)), AT.plusSeconds(30))
                .block();
        // When
        book.record(lease, List.of(new Change.Listed(m7)), AT.plusSeconds(60)).block();
        // Then
        assertThat(book.read(provider).block())
                .extracting(PriceBook.Page::offerings)
                .isEqualTo(byId(m7));
        assertThat(historyOf(m7.id())).hasSize(3);
    }

    @Test
    void announcesEachChangeOnce() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(g6)), AT).block();
        outbox.events.clear();
        // When
        book.record(lease, List.of(new Change.Altered(dearer, g6), new Change.Withdrawn(m7, AT)), AT.plusSeconds(1))
                .block();
        // Then
        assertThat(outbox.events)
                .extracting(NewEvent::type)
                .containsExactly(EventType.OFFERING_REPRICED, EventType.OFFERING_WITHDRAWN);
        assertThat(outbox.events.getFirst().data())
                .isEqualTo(new OfferingRepriced(dearer, HourlyPrice.usd("0.310000")));
    }

    @Test
    void aBelievedSweepConfirmsWhatDidNotChangeAndAFailedOneDoesNot() {
        // Given
        var report = MarketReport.neverCollected(provider, Duration.ofMinutes(5));
        var lease = taken("me");
        // When
        leases.giveBack(lease, report.believed(AT, AT, Duration.ofSeconds(1), 7, Map.of()), Duration.ZERO)
                .block();
        leases.giveBack(lease, report.failed("broken", AT, Duration.ofSeconds(1)), Duration.ZERO)
                .block();
        // Then
        assertThat(outbox.events)
                .singleElement()
                .satisfies(event -> assertThat(event.data()).isEqualTo(new MarketSwept(provider, AT, 7)));
    }

    @Test
    void holdsBackWhatComesTooSoonAndTellsOfItWhenTheWindowEnds() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(g6), new Change.Listed(m7)), SIX_HOURS, AT)
                .block();
        // When
        var recorded = book.record(
                        lease,
                        List.of(new Change.Altered(dearer, g6), new Change.Withdrawn(m7, AT)),
                        SIX_HOURS,
                        AT.plusSeconds(60))
                .block();
        // Then
        assertThat(recorded).isEqualTo(new Recorded(lease.version() + 2, 0, 2, 0));
        assertThat(book.read(provider).block())
                .extracting(PriceBook.Page::offerings)
                .isEqualTo(byId(dearer));
        assertThat(outbox.events).hasSize(2);
        assertThat(due(AT.plus(Duration.ofHours(6)).minusMillis(1))).isFalse();
        assertThat(due(AT.plus(Duration.ofHours(6)))).isTrue();
        assertThat(held.tell(provider, AT.plus(Duration.ofHours(6))).block()).isEqualTo(2);
        assertThat(held.tell(provider, AT.plus(Duration.ofHours(6))).block()).isZero();
        assertThat(outbox.events.subList(2, 4))
                .<Object>extracting(NewEvent::data)
                .containsExactlyInAnyOrder(
                        new OfferingRepriced(dearer, HourlyPrice.usd("0.310000")),
                        new OfferingWithdrawn(m7.id(), provider, AT.plusSeconds(60)));
        assertThat(historyOf(g6.id())).containsExactly("0.300000 0.310000 true", "0.450000 0.450000 true");
        assertThat(historyOf(m7.id())).containsExactly("0.100000 0.100000 true", "0.100000 0.100000 false");
    }

    @Test
    void tellsNobodyOfWhatChangedBackThoughAnotherReplicaWroteInBetween() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(g6)), SIX_HOURS, AT).block();
        book.record(lease, List.of(new Change.Withdrawn(g6, AT)), SIX_HOURS, AT.plusSeconds(60))
                .block();
        leases.giveBackAll("me").block();
        var other = taken("other");
        // When
        var recorded = book.record(other, List.of(new Change.Listed(g6)), SIX_HOURS, AT.plusSeconds(120))
                .block();
        // Then
        assertThat(recorded).isEqualTo(new Recorded(other.version() + 1, 0, 0, 1));
        assertThat(due(AT.plus(Duration.ofDays(1)))).isFalse();
        assertThat(outbox.events).hasSize(1);
        assertThat(historyOf(g6.id())).hasSize(1);
    }

    @Test
    void tellsTheWayFromWhatOthersKnowOnceTheDebounceIsSwitchedOff() {
        // Given
        var lease = taken("me");
        var dearest = offering(provider, "g6").gpu("L4", 1).at("0.99");
        book.record(lease, List.of(new Change.Listed(g6)), SIX_HOURS, AT).block();
        book.record(lease, List.of(new Change.Altered(dearer, g6)), SIX_HOURS, AT.plusSeconds(60))
                .block();
        // When
        book.record(lease, List.of(new Change.Altered(dearest, dearer)), AT.plusSeconds(120))
                .block();
        // Then
        assertThat(outbox.events.getLast().data())
                .isEqualTo(new OfferingRepriced(dearest, HourlyPrice.usd("0.310000")));
        assertThat(due(AT.plus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void tellsNobodyWhenTheAnnouncementFails() {
        // Given
        var lease = taken("me");
        book.record(lease, List.of(new Change.Listed(g6)), SIX_HOURS, AT).block();
        book.record(lease, List.of(new Change.Altered(dearer, g6)), SIX_HOURS, AT.plusSeconds(60))
                .block();
        outbox.breaks(new IllegalStateException("no transaction"));
        // When / Then
        assertThatThrownBy(
                        () -> held.tell(provider, AT.plus(Duration.ofHours(6))).block())
                .hasMessage("no transaction");
        assertThat(due(AT.plus(Duration.ofHours(6)))).isTrue();
        assertThat(historyOf(g6.id())).hasSize(1);
    }

    @Test
    void makesAMarketDueThatSomebodyForces() {
        // Given
        leases.giveBack(taken("me"), report(), Duration.ZERO).block();
        // When
        var tooSoon = leases.force(provider, Duration.ofMinutes(1)).block();
        var forced = leases.force(provider, Duration.ofMillis(1)).block();
        var again = leases.force(provider, Duration.ofMillis(1)).block();
        var attempt = leases.take(provider, "other", Duration.ofHours(1), TERM).block();
        var running = leases.force(provider, Duration.ofMillis(1)).block();
        // Then
        assertThat(tooSoon)
                .isInstanceOfSatisfying(
                        Forcing.TooSoon.class, told -> assertThat(told.pause()).isPositive());
        assertThat(forced).isEqualTo(new Forcing.Due());
        assertThat(again).isEqualTo(new Forcing.Due());
        assertThat(attempt).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(running).isInstanceOf(Forcing.Running.class);
        assertThat(leases.force("nobody", Duration.ofSeconds(1)).blockOptional())
                .isEmpty();
    }

    @Test
    void forcesNothingWhileAProviderWantsToBeLeftAlone() {
        // Given
        leases.giveBack(taken("me"), report(), Duration.ofMinutes(5)).block();
        // When
        var forcing = leases.force(provider, Duration.ofMillis(1)).block();
        // Then
        assertThat(forcing)
                .isInstanceOfSatisfying(
                        Forcing.TooSoon.class,
                        told -> assertThat(told.pause()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    private boolean due(Instant now) {
        return Boolean.TRUE.equals(held.due(now).any(provider::equals).block());
    }

    @Test
    void writesNothingDownThatCannotBeAnnounced() {
        // Given
        var lease = taken("me");
        outbox.breaks(new IllegalStateException("no transaction"));
        // When / Then
        assertThatThrownBy(() ->
                        book.record(lease, List.of(new Change.Listed(g6)), AT).block())
                .hasMessage("no transaction");
        assertThat(book.read(provider).block())
                .extracting(PriceBook.Page::offerings)
                .isEqualTo(Map.of());
        assertThat(book.versions().block()).containsEntry(provider, lease.version());
        assertThat(historyOf(g6.id())).isEmpty();
    }

    @Test
    void keepsWhatAnOfferingHasBecomeAndNotOnlyItsPrice() {
        // Given
        var lease = taken("me");
        var grown = offering(provider, "g6").gpu("L4", 1).size(96, 393_216).at("0.45");
        book.record(lease, List.of(new Change.Listed(g6), new Change.Listed(m7)), AT)
                .block();
        // When
        book.record(lease, List.of(new Change.Altered(grown, g6)), AT.plusSeconds(30))
                .block();
        // Then
        assertThat(book.read(provider).block().offerings()).isEqualTo(byId(grown, m7));
    }

    @Test
    void writesNothingOfALargeRoundWhoseEndCannotBeAnnounced() {
        // Given
        var lease = taken("me");
        var many = IntStream.range(0, 4_500)
                .<Change>mapToObj(
                        i -> new Change.Listed(offering(provider, "t" + i).at("0.10")))
                .toList();
        outbox.breaksAfter(2, new IllegalStateException("no room"));
        // When / Then
        assertThatThrownBy(() -> book.record(lease, many, AT).block()).hasMessage("no room");
        assertThat(book.read(provider).block().offerings()).isEmpty();
        assertThat(book.versions().block()).containsEntry(provider, lease.version());
        // When
        outbox.breaks(null);
        var version = book.record(lease, many, AT).block();
        // Then
        assertThat(version).isEqualTo(lease.version() + 1);
        assertThat(book.read(provider).block().offerings()).hasSize(4_500);
    }

    @Test
    void letsOneReplicaCollectAtATime() {
        // When
        var attempts = Flux.range(0, 20)
                .flatMap(replica -> leases.take(provider, "replica-" + replica, EVERY, TERM), 20)
                .collectList()
                .block();
        // Then
        assertThat(attempts).filteredOn(LeaseAttempt.Taken.class::isInstance).hasSize(1);
    }

    @Test
    void isDueAgainAfterItsRhythmAndNotBefore() throws InterruptedException {
        // Given
        var lease = taken("me");
        leases.giveBack(lease, report(), Duration.ZERO).block();
        // When
        var atOnce = leases.take(provider, "other", EVERY, TERM).block();
        TimeUnit.MILLISECONDS.sleep(EVERY.toMillis() + 50);
        var later = leases.take(provider, "other", EVERY, TERM).block();
        // Then
        assertThat(atOnce).isInstanceOf(LeaseAttempt.NotYet.class);
        assertThat(later).isInstanceOfSatisfying(LeaseAttempt.Taken.class, taken -> {
            assertThat(taken.lease().token()).isEqualTo(lease.token() + 1);
            assertThat(taken.lease().report()).isEqualTo(report());
        });
    }

    @Test
    void isNotDueBeforeThePauseThatAProviderAskedFor() {
        // Given
        leases.giveBack(taken("me"), report(), Duration.ofMinutes(5)).block();
        // When
        var attempt = leases.take(provider, "me", Duration.ofMinutes(10), TERM).block();
        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        LeaseAttempt.NotYet.class,
                        notYet -> assertThat(notYet.pause()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    @Test
    void refusesTheWritesOfAReplicaWhoseLeaseRanOut() throws InterruptedException {
        // Given
        var paused = taken("paused", EVERY);
        TimeUnit.MILLISECONDS.sleep(EVERY.toMillis() + 50);
        taken("other");
        // When / Then
        assertThatThrownBy(() ->
                        book.record(paused, List.of(new Change.Listed(g6)), AT).block())
                .isInstanceOf(LeaseLost.class);
        assertThatThrownBy(
                        () -> leases.giveBack(paused, report(), Duration.ZERO).block())
                .isInstanceOf(LeaseLost.class);
        assertThat(outbox.events).isEmpty();
    }

    @Test
    void givesEverythingBackWhenAReplicaStops() {
        // Given
        taken("me");
        // When
        leases.giveBackAll("me").block();
        // Then
        assertThat(leases.take(provider, "other", EVERY, TERM).block()).isInstanceOf(LeaseAttempt.Taken.class);
    }

    @Test
    void writesAFirstSweepOfTwentyFourThousandRowsInSeconds() {
        // Given
        var lease = taken("me");
        List<Change> changes = IntStream.range(0, 24_000)
                .<Change>mapToObj(i -> new Change.Listed(
                        offering(provider, "t" + i).gpu("L4", 1).at("0.30")))
                .toList();
        var started = System.nanoTime();
        // When
        Flux.fromIterable(changes)
                .buffer(1_000)
                .concatMap(batch -> book.record(lease, batch, AT))
                .blockLast();
        // Then
        System.out.printf("24,000 first rows written in %d ms%n", (System.nanoTime() - started) / 1_000_000);
        assertThat(book.read(provider).block())
                .isNotNull()
                .satisfies(page -> assertThat(page.offerings()).hasSize(24_000));
    }

    private Lease taken(String owner) {
        return taken(owner, TERM);
    }

    private Lease taken(String owner, Duration term) {
        return switch (leases.take(provider, owner, EVERY, term).block()) {
            case LeaseAttempt.Taken(var lease) -> lease;
            case LeaseAttempt.NotYet notYet -> throw new AssertionError("not yet: " + notYet.pause());
            case null -> throw new AssertionError("no answer");
        };
    }

    private MarketReport report() {
        return MarketReport.neverCollected(provider, Duration.ofMinutes(5))
                .believed(AT, AT, Duration.ofMillis(1234), 2, Map.of("NO_PRICE", 3));
    }

    private List<String> historyOf(String offeringId) {
        return real.database()
                .sql("""
                        SELECT h.price || ' ' || h.billed_price || ' ' || for_sale AS line
                          FROM price_history h JOIN offering ON offering_key = key
                         WHERE id = :id ORDER BY h.received_at""")
                .bind("id", offeringId)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
