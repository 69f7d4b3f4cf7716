package io.spotplane.pricing.history;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.POSTGRES;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.book.Lease;
import io.spotplane.pricing.book.LeaseAttempt;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** Each test has an offering and a market of its own; all share one history. */
@Infrastructure(POSTGRES)
class CondenseHistoryIT {

    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant END = BEGIN.plus(ofDays(10));
    private static final List<BigDecimal> PERCENTS =
            Stream.of("0", "10", "50", "80", "95", "100").map(BigDecimal::new).toList();

    private RealBook real;
    private DatabaseClient database;
    private R2dbcTimelines timelines;
    private R2dbcHistoryDays days;
    private PostgresServer server;

    @BeforeEach
    void open(PostgresServer postgres) {
        server = postgres;
        real = new RealBook(postgres);
        database = real.database();
        timelines = new R2dbcTimelines(database);
        days = new R2dbcHistoryDays(database);
        for (var month : List.of("2025-01-01T00:00:00Z", "2026-02-01T00:00:00Z")) {
            database.sql("SELECT make_price_history_partition(:month)")
                    .bind("month", Instant.parse(month))
                    .fetch()
                    .all()
                    .blockLast();
        }
    }

    @Test
    void condensedDaysSayTheSameOfWholeDaysAsTheirChangesDid() {
        // Given
        var offering = liveThrough("same", 41);
        var whole = new Span(BEGIN.plus(ofDays(1)), END.minus(ofDays(1)));
        var before = PricePercentiles.of(offering.id(), timeline(offering, whole), PERCENTS);
        // When
        condense(BEGIN.plus(ofDays(5)).plus(ofHours(7)));
        // Then
        assertThat(rows("price_day", offering)).isEqualTo(5);
        assertThat(timeline(offering, whole).stretches())
                .filteredOn(Stretch.Condensed.class::isInstance)
                .hasSize(4);
        assertThat(PricePercentiles.of(offering.id(), timeline(offering, whole), PERCENTS))
                .isEqualTo(before);
    }

    @Test
    void condensingAgainChangesNothing() {
        // Given
        var offering = liveThrough("again", 42);
        condense(END);
        var once = timeline(offering, new Span(BEGIN, END));
        // When
        condense(END);
        // Then
        assertThat(timeline(offering, new Span(BEGIN, END))).isEqualTo(once);
        assertThat(days.lag(END).block()).isZero();
    }

    @Test
    void aStepThatIsKilledLosesAndDoublesNothing() throws SQLException {
        // Given
        var offering = liveThrough("killed", 43);
        var before = timeline(offering, new Span(BEGIN, END));
        // When
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT condense_price_history('2026-03-01', 1000)");
            connection.rollback();
        }
        // Then
        assertThat(timeline(offering, new Span(BEGIN, END))).isEqualTo(before);
        assertThat(rows("price_day", offering)).isZero();
    }

    @Test
    void onlyOneSessionIsAtIt() throws SQLException {
        // Given
        liveThrough("busy", 44);
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT condense_price_history('2026-03-01', 1000)");
            // When / Then
            assertThat(days.condense(END).blockOptional()).isEmpty();
            connection.rollback();
        }
    }

    @Test
    void aDayThatIsCondensedIsOneItemOfTheHistory() {
        // Given
        var offering = offering("items", "g6").at("0.30");
        var lease = lease("items");
        record(lease, new Change.Listed(offering), BEGIN.plus(ofHours(1)));
        record(lease, new Change.Listed(offering("items", "g6").at("0.50")), BEGIN.plus(ofHours(13)));
        record(lease, new Change.Listed(offering("items", "g6").at("0.40")), BEGIN.plus(ofHours(30)));
        var history = new PriceHistory(database);
        // When
        condense(BEGIN.plus(ofDays(1)));
        // Then
        var items = history.changes(history.key(offering.id()).block(), BEGIN, END, 10)
                .block();
        assertThat(items)
                .extracting(item -> item.price().amount().toPlainString())
                .containsExactly("0.400000", "0.500000");
        assertThat(items.getFirst().condensed()).isNull();
        var condensed = items.getLast().condensed();
        assertThat(condensed.changes()).isEqualTo(2);
        assertThat(condensed.lowest().amount()).isEqualByComparingTo("0.30");
        assertThat(condensed.mean().amount()).isEqualByComparingTo("0.395652");
    }

    @Test
    void whatIsCondensedDropsItsMonthAndWhatIsOldGoesWhole() {
        // Given
        var offering = offering("drop", "g6").at("0.30");
        record(lease("drop"), new Change.Listed(offering), Instant.parse("2025-01-05T05:00:00Z"));
        condense(BEGIN);
        // When
        keepAt(Instant.parse("2026-02-10T00:00:00Z"));
        // Then
        assertThat(tables()).contains("price_day_2025_01").doesNotContain("price_history_2025_01");
        // When
        keepAt(Instant.parse("2026-04-10T00:00:00Z"));
        // Then
        assertThat(tables()).doesNotContain("price_day_2025_01");
    }

    @Test
    void remembersForHowLongAMarketWasNotSeen() {
        // Given
        var offering = offering("unseen", "g6").at("0.30");
        var lease = lease("unseen");
        record(lease, new Change.Listed(offering), BEGIN);
        var report = MarketReport.neverCollected("unseen", ofMinutes(5));
        report = giveBack("unseen", report.believed(BEGIN.plus(ofMinutes(1)), BEGIN, ofMinutes(0), 1, Map.of()));
        report = giveBack("unseen", report.believed(BEGIN.plus(ofMinutes(4)), BEGIN, ofMinutes(0), 1, Map.of()));
        report = giveBack("unseen", report.failed("503", BEGIN.plus(ofMinutes(30)), ofMinutes(0)));
        giveBack("unseen", report.believed(BEGIN.plus(ofMinutes(60)), BEGIN, ofMinutes(0), 1, Map.of()));
        // When
        var timeline = timeline(offering, new Span(BEGIN, BEGIN.plus(ofMinutes(90))));
        // Then
        var price = new BigDecimal("0.300000");
        assertThat(timeline.stretches())
                .containsExactly(
                        new Stretch.Sold(BEGIN, BEGIN.plus(ofMinutes(4)), price),
                        new Stretch.Unseen(BEGIN.plus(ofMinutes(4)), BEGIN.plus(ofMinutes(60))),
                        new Stretch.Unseen(BEGIN.plus(ofMinutes(60)), BEGIN.plus(ofMinutes(90))));
    }

    /** 400 days with a change about every hour, of which all but the last 90 days are condensed, and the same one by one. */
    @Test
    void answersFourHundredDaysOfTenThousandChangesInTime() {
        // Given
        var offering = offering("long", "g6").at("0.30");
        record(lease("long"), new Change.Listed(offering), BEGIN);
        database.sql("""
                        INSERT INTO price_history
                        SELECT key, now() - interval '400 days' + n * interval '3456 seconds', now(), 0.3 + (n % 37) * 0.001,
                               0.3 + (n % 37) * 0.001, 'USD', 'UNKNOWN', n % 97 > 0, 'test'
                          FROM offering, generate_series(1, 9990) AS n WHERE id = :id""")
                .bind("id", withPartitions(offering.id()))
                .fetch()
                .rowsUpdated()
                .block();
        var now = Instant.now();
        var span = new Span(now.minus(ofDays(400)).plusSeconds(1), now);
        // When
        var oneByOne = Took.median(() -> timeOf(offering, span));
        condense(now.minus(ofDays(90)));
        var condensed = Took.median(() -> timeOf(offering, span));
        // Then
        System.out.printf("400 days, 9,990 changes: one by one %s; condensed %s%n", oneByOne, condensed);
        assertThat(oneByOne.sum()).isLessThan(2_000_000);
        assertThat(condensed.sum()).isLessThan(2_000_000);
    }

    private String withPartitions(String id) {
        database.sql("""
                        SELECT make_price_history_partition(now() - n * interval '25 days') FROM generate_series(0, 17) AS n""").fetch().all().blockLast();
        return id;
    }

    private Took timeOf(Offering offering, Span span) {
        var started = System.nanoTime();
        var timeline = timeline(offering, span);
        var read = System.nanoTime();
        PricePercentiles.of(offering.id(), timeline, PERCENTS);
        var percentiles = System.nanoTime();
        ChartDrawing.of(PriceChart.of(offering.id(), timeline, 200));
        var chart = System.nanoTime();
        PriceLevels.of(offering.id(), timeline);
        var levels = System.nanoTime();
        return new Took(
                (read - started) / 1_000,
                (percentiles - read) / 1_000,
                (chart - percentiles) / 1_000,
                (levels - chart) / 1_000);
    }

    /** Microseconds for reading the timeline, and for each of the three answers. */
    private record Took(long read, long percentiles, long chart, long levels) {

        /** Of 21 times, after as many that warmed up. */
        static Took median(Supplier<Took> once) {
            return Stream.generate(once)
                    .limit(42)
                    .skip(21)
                    .sorted(Comparator.comparingLong(Took::sum))
                    .toList()
                    .get(10);
        }

        long sum() {
            return read + percentiles + chart + levels;
        }

        @Override
        public String toString() {
            return "%d ms (read %d, percentiles %d, chart and picture %d, change points %d)"
                    .formatted(sum() / 1_000, read / 1_000, percentiles / 1_000, chart / 1_000, levels / 1_000);
        }
    }

    /** Ten days of random changes and gaps. */
    private Offering liveThrough(String provider, long seed) {
        var random = new Random(seed);
        var lease = lease(provider);
        var gap = BEGIN.plus(ofHours(1));
        for (var at = BEGIN.plus(ofMinutes(random.nextInt(600)));
                at.isBefore(END);
                at = at.plusSeconds(600 + random.nextInt(20_000))) {
            var offering = offering(provider, "g6").at("0.%d0".formatted(1 + random.nextInt(9)));
            record(
                    lease,
                    random.nextInt(5) == 0 ? new Change.Withdrawn(offering, at) : new Change.Listed(offering),
                    at.plusNanos(random.nextInt(1_000_000) * 1_000L));
            if (random.nextInt(6) == 0 && gap.isBefore(at)) {
                gap = at.plusSeconds(random.nextInt(30_000));
                unseen(provider, at.plusSeconds(random.nextInt(500)), gap);
            }
        }
        return offering(provider, "g6").at("0.30");
    }

    private void unseen(String provider, Instant since, Instant until) {
        if (since.isBefore(until)) {
            database.sql("INSERT INTO market_unseen VALUES (:provider, :since, :until)")
                    .bind("provider", provider)
                    .bind("since", since)
                    .bind("until", until)
                    .fetch()
                    .rowsUpdated()
                    .block();
        }
    }

    private Timeline timeline(Offering offering, Span span) {
        return timelines.of(offering.id(), span).block();
    }

    private void condense(Instant before) {
        new CondenseHistory(
                        days,
                        new HistorySettings(ofDays(400), ofDays(1), 2, ofHours(6)),
                        new SimpleMeterRegistry(),
                        Clock.fixed(before.plus(ofDays(1)), ZoneOffset.UTC))
                .condense()
                .block();
    }

    private void keepAt(Instant now) {
        new KeepPartitions(
                        database,
                        new HistorySettings(ofDays(400), ofDays(30), 2, ofHours(6)),
                        new SimpleMeterRegistry(),
                        Clock.fixed(now, ZoneOffset.UTC))
                .keep()
                .block();
    }

    private MarketReport giveBack(String provider, MarketReport report) {
        database.sql(
                        "UPDATE market SET lease_owner = NULL, lease_expires = now(), due_at = now() WHERE provider = :provider")
                .bind("provider", provider)
                .fetch()
                .rowsUpdated()
                .block();
        real.leases(new RememberedOutbox())
                .giveBack(lease(provider), report, Duration.ZERO)
                .block();
        return report;
    }

    private Lease lease(String provider) {
        if (real.leases(new RememberedOutbox())
                        .take(provider, "me", Duration.ofSeconds(30), Duration.ofMinutes(5))
                        .block()
                instanceof LeaseAttempt.Taken(var lease)) {
            return lease;
        }
        throw new AssertionError("the market is held");
    }

    private void record(Lease lease, Change change, Instant at) {
        real.book(new RememberedOutbox())
                .record(lease, List.of(change), Debounce.NONE, at)
                .block();
    }

    private long rows(String table, Offering offering) {
        return database.sql("SELECT count(*) FROM " + table + " JOIN offering ON key = offering_key WHERE id = :id")
                .bind("id", offering.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private List<String> tables() {
        return database.sql("SELECT relname::text FROM pg_class WHERE relname LIKE 'price%'")
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
