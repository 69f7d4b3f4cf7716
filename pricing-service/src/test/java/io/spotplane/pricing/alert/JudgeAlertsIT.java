package io.spotplane.pricing.alert;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.event.PriceAlertCleared;
import io.spotplane.contracts.event.PriceAlertRaised;
import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.NewEvent;
import io.spotplane.pricing.book.BookJson;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.pricing.testing.Storefronts;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Alerts on a real database, and markets whose rounds may be killed. Each test has a market of its own. */
@Infrastructure(POSTGRES)
class JudgeAlertsIT {

    private final RememberedOutbox outbox = new RememberedOutbox();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RealBook real;
    private R2dbcPriceAlerts alerts;
    private R2dbcStandings standings;
    private JudgeAlerts judge;

    @BeforeEach
    void open(PostgresServer postgres) {
        real = new RealBook(postgres);
        real.database().sql("DELETE FROM price_alert").then().block();
        real.database().sql("DELETE FROM market").then().block();
        alerts = new R2dbcPriceAlerts(real.database(), real.transactions(), new BookJson());
        restart();
    }

    /** What is only in memory is gone. */
    private void restart() {
        standings = new R2dbcStandings(real.database(), real.transactions(), outbox, new BookJson());
        judge = new JudgeAlerts(
                standings,
                new DefaultListableBeanFactory().getBeanProvider(BidOutlook.class),
                meters,
                Clock.systemUTC());
    }

    @Test
    void tellsOnceUntilThePriceHasLeftTheLine() {
        // Given
        var alert = judged(below("once", "0.25"));
        // When
        var version = 10L;
        for (var price : List.of("0.30", "0.25", "0.24", "0.254", "0.251", "0.25", "0.26", "0.20")) {
            round(version, shelf(version + 1, one("once", price)), one("once", price));
            version++;
        }
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.25", "cleared 1", "raised 2 at 0.20");
        assertThat(alerts.find("acme", alert).block().state()).isEqualTo(PriceAlert.State.RAISED);
        assertThat(meters.get("spotplane.alert.turns")
                        .tag("turn", "raised")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRoundThatWasKilledBeforeItCouldJudgeIsJudgedBeforeTheNext() {
        // Given
        judged(below("killed", "0.25"));
        round(10, shelf(11, one("killed", "0.30")), one("killed", "0.30"));
        var writtenDown = shelf(12, one("killed", "0.20"));
        restart();
        // When
        judge.begun(writtenDown).block();
        round(12, shelf(13, one("killed", "0.30")), one("killed", "0.30"));
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20", "cleared 1");
    }

    @Test
    void whatWasLeftOutIsMadeUpForByLookingAtEverything() {
        // Given
        judged(below("left-out", "0.25"));
        round(10, shelf(11, one("left-out", "0.30")), one("left-out", "0.30"));
        // When
        round(
                12,
                shelf(13, one("left-out", "0.20"), offering("left-out", "other").at("9")),
                offering("left-out", "other").at("9"));
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20");
    }

    @Test
    void judgingTheSameTwiceTellsOnce() {
        // Given
        judged(below("twice", "0.25"));
        var shelf = shelf(11, one("twice", "0.20"));
        // When
        Flux.range(0, 8)
                .flatMap(each -> judge.introduce(shelf, Set.copyOf(ids())).subscribeOn(Schedulers.boundedElastic()))
                .blockLast();
        round(10, shelf, one("twice", "0.20"));
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20");
    }

    @Test
    void olderWordsDoNotUndoNewerOnes() {
        // Given
        judged(below("older", "0.25"));
        round(10, shelf(11, one("older", "0.20")), one("older", "0.20"));
        round(11, shelf(12, one("older", "0.50")), one("older", "0.50"));
        // When
        judge.introduce(shelf(11, one("older", "0.20")), Set.copyOf(ids())).block();
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20", "cleared 1");
    }

    @Test
    void staysRaisedWhileAnyMarketIsBeyondTheLine() {
        // Given
        judged(new AlertQuery(List.of("L4"), null, null, null, null, null, null, null, null), "0.25");
        // When
        round(10, shelf(11, one("north", "0.24")), one("north", "0.24"));
        round(10, shelf(11, one("south", "0.20")), one("south", "0.20"));
        round(11, shelf(12, one("north", "0.90")), one("north", "0.90"));
        round(11, shelf(12, one("south", "0.90")), one("south", "0.90"));
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.24", "cleared 1");
    }

    @Test
    void marketsThatJudgeAtTheSameTimeNeitherLoseNorDoubleATurn() {
        // Given
        var many = IntStream.range(0, 60)
                .mapToObj(at ->
                        judged(new AlertQuery(List.of("L4"), null, null, null, null, null, null, null, null), "0.25"))
                .toList();
        // When
        Flux.range(0, 8)
                .flatMap(at -> {
                    var cheap = one("m" + at, "0.2" + at % 5);
                    return judge.changed(0, shelf(11, cheap), Set.of(cheap.id()))
                            .subscribeOn(Schedulers.boundedElastic());
                })
                .blockLast();
        // Then
        assertThat(outbox.events).hasSize(60);
        assertThat(outbox.events.stream().map(NewEvent::subject).collect(Collectors.toSet()))
                .hasSize(60);
        assertThat(many).hasSize(60);
    }

    @Test
    void anAlertThatWasRemovedIsNotToldOf() {
        // Given
        var alert = judged(below("removed", "0.25"));
        standings.in("removed").block();
        // When
        alerts.remove("acme", alert).block();
        round(10, shelf(11, one("removed", "0.20")), one("removed", "0.20"));
        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void aFaultDelaysAlertsAndNotPrices() {
        // Given
        judged(below("fault", "0.25"));
        outbox.breaks(new IllegalStateException("full"));
        // When
        round(10, shelf(11, one("fault", "0.20")), one("fault", "0.20"));
        // Then
        assertThat(alerts.find("acme", ids().getFirst()).block().state()).isEqualTo(PriceAlert.State.ARMED);
        // When
        outbox.breaks(null);
        judge.begun(shelf(11, one("fault", "0.20"))).block();
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20");
    }

    @Test
    void tellsOfAPriceThatIsBeyondTheLineWhenTheAlertIsMade() {
        // Given
        var storefront = Storefronts.attached(meters);
        storefront.install(shelf(5, one("there", "0.20")), report("there"));
        collectedUpTo("there", 5);
        var alert = add(below("there", "0.25"));
        // When
        introduce(storefront);
        introduce(storefront);
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.20");
        assertThat(alerts.find("acme", alert).block().judgedAt()).isNotNull();
    }

    @Test
    void waitsForTheStorefrontToBeAsNewAsTheBook() {
        // Given
        var storefront = Storefronts.attached(meters);
        storefront.install(shelf(5, one("late", "0.20")), report("late"));
        collectedUpTo("late", 6);
        var alert = add(below("late", "0.25"));
        // When
        introduce(storefront);
        // Then
        assertThat(told()).isEmpty();
        assertThat(alerts.find("acme", alert).block().judgedAt()).isNull();
        // When
        storefront.install(shelf(6, one("late", "0.19")), report("late"));
        introduce(storefront);
        // Then
        assertThat(told()).containsExactly("raised 1 at 0.19");
        assertThat(alerts.find("acme", alert).block().judgedAt()).isNotNull();
    }

    @Test
    void knowsOnlyItsTenantsAlertsAndNoMoreThanItMayHave() {
        // Given
        var mine = add(below("mine", "0.25"));
        // Then
        assertThat(alerts.find("other", mine).blockOptional()).isEmpty();
        assertThat(alerts.remove("other", mine).block()).isFalse();
        assertThat(alerts.list("other", null, 10).collectList().block()).isEmpty();
        assertThat(alerts.list("acme", null, 10).collectList().block()).hasSize(1);
        assertThat(alerts.add("acme", below("mine", "0.1"), 1).blockOptional()).isEmpty();
        assertThat(Flux.range(0, 20)
                        .flatMap(each -> alerts.add("busy", below("mine", "0.1"), 5))
                        .count()
                        .block())
                .isEqualTo(5);
    }

    /** 10,000 alerts in the database; what one round with a change costs, and one that raises a tenth of them. */
    @Test
    void tenThousandAlertsCostARoundLittle() {
        // Given
        real.database().sql("""
                        INSERT INTO price_alert (id, tenant, definition, judged_at)
                        SELECT uuidv7(), 't' || n % 100, jsonb_build_object('kind', 'THRESHOLD', 'basis', 'MACHINE', 'rearmPercent', 2,
                               'query', jsonb_build_object('gpu', jsonb_build_array('L4')),
                               'below', jsonb_build_object('amount', (0.001 * (n % 1000))::numeric(6,3)::text, 'currency', 'USD')), now()
                          FROM generate_series(1, 10000) AS n""").then().block();
        judge.changed(0, shelf(10, one("many", "5")), Set.of()).block();
        judge.changed(10, shelf(11, one("many", "6")), Set.of(one("many", "6").id()))
                .block();
        // When
        var started = System.nanoTime();
        judge.changed(11, shelf(12, one("many", "5")), Set.of(one("many", "5").id()))
                .block();
        var quiet = Duration.ofNanos(System.nanoTime() - started);
        started = System.nanoTime();
        judge.changed(
                        12,
                        shelf(13, one("many", "0.9")),
                        Set.of(one("many", "0.9").id()))
                .block();
        var busy = Duration.ofNanos(System.nanoTime() - started);
        // Then
        System.out.printf(
                "a round with 10,000 alerts: %s; raising %d of them: %s%n", quiet, outbox.events.size(), busy);
        assertThat(outbox.events).hasSize(1_000);
    }

    private void introduce(Storefront storefront) {
        new IntroduceAlerts(
                        standings,
                        judge,
                        storefront,
                        new AlertSettings(100, Duration.ofSeconds(1), Duration.ofMinutes(5)),
                        new DefaultListableBeanFactory().getBeanProvider(BidOutlook.class),
                        Clock.systemUTC())
                .introduce()
                .block();
    }

    private void collectedUpTo(String provider, long version) {
        real.database()
                .sql("""
                        INSERT INTO market (provider, version, report) VALUES (:provider, :version, jsonb_build_object('asOf', now()))
                        ON CONFLICT (provider) DO UPDATE SET version = excluded.version""")
                .bind("provider", provider)
                .bind("version", version)
                .then()
                .block();
    }

    private static MarketReport report(String provider) {
        return MarketReport.neverCollected(provider, Duration.ofMinutes(5))
                .believed(Instant.now(), Instant.now(), Duration.ZERO, 1, Map.of());
    }

    private void round(long before, Shelf after, Offering changed) {
        judge.changed(before, after, Set.of(changed.id())).block();
    }

    private List<String> told() {
        return outbox.events.stream()
                .map(event -> switch (event.data()) {
                    case PriceAlertRaised raised ->
                        "raised " + raised.generation() + " at "
                                + raised.price().amount().toPlainString();
                    case PriceAlertCleared cleared -> "cleared " + cleared.generation();
                    default -> "?";
                })
                .toList();
    }

    private List<UUID> ids() {
        return alerts.list("acme", null, 200).map(PriceAlert::id).collectList().block();
    }

    private UUID judged(AlertQuery query, String usd) {
        return judged(definition(null, query, usd));
    }

    private UUID judged(AlertDefinition definition) {
        var id = add(definition);
        standings.judged(List.of(id), Instant.now()).block();
        return id;
    }

    private UUID add(AlertDefinition definition) {
        return alerts.add("acme", definition, 1_000).block().id();
    }

    private static AlertDefinition below(String provider, String usd) {
        return definition(one(provider, "1").id(), null, usd);
    }

    private static AlertDefinition definition(String offeringId, AlertQuery query, String usd) {
        return new AlertDefinition(
                "mine",
                Kind.THRESHOLD,
                offeringId,
                query,
                HourlyPrice.usd(usd),
                null,
                Basis.MACHINE,
                null,
                null,
                null,
                new BigDecimal("2"));
    }

    private static Offering one(String provider, String usd) {
        return offering(provider, "g6").gpu("L4", 1).at(usd);
    }

    private static Shelf shelf(long version, Offering... offerings) {
        return Shelf.of(offerings[0].provider(), version, byId(offerings));
    }
}
