package io.spotplane.pricing.history;

import static io.spotplane.testing.BackingService.POSTGRES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.Debounce;
import io.spotplane.pricing.book.Lease;
import io.spotplane.pricing.book.LeaseAttempt;
import io.spotplane.pricing.book.PriceBook;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.testing.RememberedOutbox;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real prices, recorded by the real book and asked for again: a day of EC2 spot prices and 18 days of GPU clouds. Writes what they look like
 * to {@code target}: {@code price-history.md} and the pictures that docs/pricing/history.md shows. Skipped where the data are not.
 */
@Infrastructure(POSTGRES)
class RealPricesIT {

    private static final List<BigDecimal> PERCENTS =
            Stream.of("20", "50", "80", "95").map(BigDecimal::new).toList();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path OUT = Path.of("target/price-history.md");

    /** The tracker looked about every 40 minutes when it ran; longer pauses are times in which nobody looked. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(90);

    private RealBook real;
    private DatabaseClient database;

    @BeforeEach
    void open(PostgresServer postgres) {
        real = new RealBook(postgres);
        database = real.database();
    }

    @Test
    void aDayOfSpotPricesIsRecordedCondensedAndSaysTheSameAfterwards() throws IOException {
        // Given
        var file = data("aws/spot-price-history-2022-05-31.tsv.gz");
        var begin = Instant.parse("2022-05-31T00:00:00Z");
        var day = new Span(begin, begin.plus(Duration.ofDays(1)));
        partition(begin);
        partition(begin.plus(Duration.ofDays(1)));
        var changes = spotPrices(file);
        var busiest = busiest(changes);
        // When
        var started = System.nanoTime();
        var book = real.book(new RememberedOutbox());
        var lease = lease("aws");
        for (var batch : changes.entrySet()) {
            record(book, lease, batch.getValue(), batch.getKey());
        }
        var took = Duration.ofNanos(System.nanoTime() - started);
        var rows = count("price_history WHERE received_at < '2023-01-01'");
        var before = timeline(busiest, day);
        started = System.nanoTime();
        condense(begin.plus(Duration.ofDays(2)));
        var condensing = Duration.ofNanos(System.nanoTime() - started);
        var after = timeline(busiest, day);
        // Then
        assertThat(count("price_history WHERE received_at < '2023-01-01'")).isZero();
        assertThat(PricePercentiles.of(busiest, after, PERCENTS))
                .isEqualTo(PricePercentiles.of(busiest, before, PERCENTS));
        say(
                "| EC2 spot prices of 2022-05-31 | %,d changes in %,d transactions recorded in %.1f s, condensed in %.1f s to %,d days |"
                        .formatted(
                                rows,
                                changes.size(),
                                took.toMillis() / 1e3,
                                condensing.toMillis() / 1e3,
                                count("price_day WHERE day < '2023-01-01'")));
        say(describe(busiest, before));
    }

    @Test
    void eighteenDaysOfGpuCloudsHaveLevelsGapsAndAbsences() throws IOException {
        var clouds = Map.of(
                "lambdalabs", "H100_80GB_SXM5",
                "primecompute", "H100_80GB_SXM5",
                "massedcompute", "A100_80GB_SXM4");
        for (var provider : clouds.keySet()) {
            // Given
            var seen = gpuClouds(data("neocloud-prices/" + clouds.get(provider) + ".jsonl.gz"), provider);
            var span = new Span(seen.firstKey(), seen.lastKey());
            Stream.of(span.from(), span.to()).forEach(this::partition);
            // When
            var id = recordCloud(provider, clouds.get(provider), seen);
            var timeline = timeline(id, span);
            var chart = PriceChart.of(id, timeline, 300);
            var levels = PriceLevels.of(id, timeline);
            // Then
            assertThat(chart.points())
                    .extracting(PriceChart.Point::state)
                    .contains(PriceChart.State.FOR_SALE, PriceChart.State.NOT_OBSERVED);
            assertThat(levels.segments()).isNotEmpty();
            Files.writeString(Path.of("target/price-history-" + provider + ".svg"), ChartDrawing.of(chart));
            say(describe(id, timeline));
        }
    }

    private static Path data(String name) {
        var given = Optional.ofNullable(System.getProperty("spotplane.shared")).map(Path::of);
        var above = Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared"))
                .filter(Files::isDirectory)
                .findFirst();
        var file = given.or(() -> above).map(folder -> folder.resolve("data").resolve(name));
        assumeTrue(file.filter(Files::exists).isPresent(), "the real prices are not here: " + name);
        return file.orElseThrow();
    }

    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8));
    }

    /** Changes by the minute in which they came, each offering once. */
    private static Map<Instant, List<Change>> spotPrices(Path file) throws IOException {
        var byMinute = new TreeMap<Instant, Map<String, Change>>();
        try (var lines = reader(file)) {
            lines.lines().skip(1).map(line -> line.split("\t")).forEach(row -> {
                var at = OffsetDateTime.parse(row[4]).toInstant();
                var change = new Change.Listed(spot(row, at));
                var minute = at.truncatedTo(ChronoUnit.MINUTES);
                while (byMinute.computeIfAbsent(minute, each -> new LinkedHashMap<>())
                                .putIfAbsent(change.offering().id(), change)
                        != null) {
                    minute = minute.plusSeconds(1);
                }
            });
        }
        var batches = new TreeMap<Instant, List<Change>>();
        byMinute.forEach((minute, changes) -> batches.put(minute, List.copyOf(changes.values())));
        return batches;
    }

    private static Offering spot(String[] row, Instant at) {
        var zone = row[0];
        var type = row[2].equals("Linux/UNIX") ? row[1] : row[1] + "-" + row[2].replaceAll("[^A-Za-z]+", "");
        return offering("aws", zone.substring(0, zone.indexOf('-')), zone, type, null, row[3], at);
    }

    private static Offering offering(
            String provider,
            String region,
            @Nullable String zone,
            String type,
            @Nullable Gpu gpu,
            String usd,
            Instant at) {
        var price = HourlyPrice.usd(usd);
        return new Offering(
                Offering.idOf(provider, region, zone, type, gpu == null ? 0 : gpu.count(), CapacityType.SPOT),
                provider,
                region,
                zone,
                type,
                0,
                0,
                gpu,
                CapacityType.SPOT,
                price,
                price,
                Availability.UNKNOWN,
                "recorded",
                at,
                at);
    }

    private static String busiest(Map<Instant, List<Change>> changes) {
        var seen = new HashMap<String, Integer>();
        changes.values().stream()
                .flatMap(List::stream)
                .forEach(change -> seen.merge(change.offering().id(), 1, Integer::sum));
        return seen.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** The least price of {@code provider} at each look; empty when it had none. */
    private static TreeMap<Instant, Optional<String>> gpuClouds(Path file, String provider) throws IOException {
        var seen = new TreeMap<Instant, Optional<String>>();
        try (var lines = reader(file)) {
            lines.lines().map(JSON::readTree).forEach(look -> {
                var at = OffsetDateTime.parse(look.path("timestamp").asString()).toInstant();
                seen.put(at, price(look.path("by_provider").path(provider)));
            });
        }
        return seen;
    }

    private static Optional<String> price(JsonNode offers) {
        return offers.isMissingNode()
                ? Optional.empty()
                : Optional.of(offers.path("min").decimalValue().toPlainString());
    }

    private String recordCloud(String provider, String type, TreeMap<Instant, Optional<String>> seen) {
        var book = real.book(new RememberedOutbox());
        var lease = lease(provider);
        var gpu = new Gpu(type.startsWith("H100") ? "H100-SXM" : "A100-80GB", 1, 80);
        Offering before = null;
        Instant lastLook = null;
        for (var look : seen.entrySet()) {
            var at = look.getKey();
            noteUnseen(provider, lastLook, at);
            lastLook = at;
            var now = look.getValue()
                    .map(usd -> offering(provider, "any", null, type, gpu, usd, at))
                    .orElse(null);
            if (now == null && before != null) {
                record(book, lease, List.of(new Change.Withdrawn(before, at)), at);
            } else if (now != null && (before == null || !now.price().equals(before.price()))) {
                record(book, lease, List.of(new Change.Listed(now)), at);
            }
            before = now;
        }
        return Offering.idOf(provider, "any", null, type, 1, CapacityType.SPOT);
    }

    private void noteUnseen(String provider, @Nullable Instant lastLook, Instant at) {
        if (lastLook != null && lastLook.plus(STALE_AFTER).isBefore(at)) {
            database.sql("INSERT INTO market_unseen VALUES (:provider, :since, :until)")
                    .bind("provider", provider)
                    .bind("since", lastLook)
                    .bind("until", at)
                    .then()
                    .block();
        }
    }

    private static void record(PriceBook book, Lease lease, List<Change> changes, Instant at) {
        for (int from = 0; from < changes.size(); from += 1_000) {
            book.record(lease, changes.subList(from, Math.min(from + 1_000, changes.size())), Debounce.NONE, at)
                    .block();
        }
    }

    private Lease lease(String provider) {
        if (real.leases(new RememberedOutbox())
                        .take(provider, "me", Duration.ofSeconds(30), Duration.ofMinutes(10))
                        .block()
                instanceof LeaseAttempt.Taken(var lease)) {
            return lease;
        }
        throw new AssertionError("the market is held");
    }

    private void partition(Instant moment) {
        database.sql("SELECT make_price_history_partition(:moment)")
                .bind("moment", moment)
                .fetch()
                .all()
                .blockLast();
    }

    private void condense(Instant before) {
        new CondenseHistory(
                        new R2dbcHistoryDays(database),
                        new HistorySettings(Duration.ofDays(400), Duration.ofDays(1), 2, Duration.ofHours(6)),
                        new SimpleMeterRegistry(),
                        Clock.fixed(before.plus(Duration.ofDays(1)), ZoneOffset.UTC))
                .condense()
                .block();
    }

    private Timeline timeline(String id, Span span) {
        return new R2dbcTimelines(database).of(id, span).block();
    }

    private long count(String table) {
        return database.sql("SELECT count(*) FROM " + table)
                .mapValue(Long.class)
                .one()
                .block();
    }

    private static String describe(String id, Timeline timeline) {
        var found = PricePercentiles.of(id, timeline, PERCENTS);
        var prices = new ArrayList<String>();
        found.percentiles().forEach(each -> prices.add("p" + each.p() + " " + each.price()));
        var levels = new ArrayList<String>();
        PriceLevels.of(id, timeline)
                .segments()
                .forEach(each -> levels.add("%s to %s: %s (%s)"
                        .formatted(
                                each.since().truncatedTo(ChronoUnit.MINUTES),
                                each.until().truncatedTo(ChronoUnit.MINUTES),
                                each.level(),
                                each.confidence())));
        return "%s: %d changes, for sale %s of the time seen, seen %s; %s; mean %s%n  levels: %s"
                .formatted(
                        id,
                        found.changes(),
                        found.forSale(),
                        found.observed(),
                        String.join(", ", prices),
                        found.mean(),
                        String.join("; ", levels));
    }

    private static void say(String line) throws IOException {
        System.out.println(line);
        Files.writeString(OUT, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
