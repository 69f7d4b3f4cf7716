package io.spotplane.pricing.shelf;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.BookJson;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.shelf.SharedShelves.Placement;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Infrastructure(REDIS)
class RedisShelvesIT {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Every test has a market of its own. */
    private final String provider = "p" + UUID.randomUUID().toString().substring(0, 8);

    private final Offering g6 = offering(provider, "g6").gpu("L4", 1).at("0.300000");
    private final Offering dearer = offering(provider, "g6").gpu("L4", 1).at("0.45");
    private final Offering m7 = offering(provider, "m7").at("0.10");
    private LettuceConnectionFactory connections;
    private ReactiveStringRedisTemplate redis;
    private SharedShelves shelves;

    @BeforeEach
    void connect(RedisServer server) {
        var at = new RedisStandaloneConfiguration(server.host(), server.port());
        at.setDatabase(server.database());
        at.setPassword(server.password());
        connections = new LettuceConnectionFactory(at);
        connections.afterPropertiesSet();
        connections.start();
        redis = new ReactiveStringRedisTemplate(connections);
        shelves = new RedisShelves(
                connections, redis, new ShelfSettings(Duration.ofSeconds(1), Duration.ofDays(7)), new BookJson());
    }

    @AfterEach
    void disconnect() {
        connections.destroy();
    }

    @Test
    void showsAReaderWhatWasPlaced() {
        // Given
        shelves.placeWhole(shelf(10, g6, m7), reportAt(NOON)).block();
        // When
        var display = look(Shelf.empty(provider));
        // Then
        assertThat(display.version()).isEqualTo(10);
        assertThat(display.newest().offerings()).isEqualTo(byId(g6, m7));
        assertThat(display.report()).isEqualTo(reportAt(NOON));
        assertThat(shelves.markets().collectList().block()).contains(provider);
    }

    @Test
    void bringsAReaderFromOneVersionToTheNextByTheDifference() {
        // Given
        var before = shelf(10, g6, m7);
        shelves.placeWhole(before, reportAt(NOON)).block();
        // When
        var placement = place(shelf(11, dearer), reportAt(NOON), 10, Set.of(g6.id(), m7.id()))
                .block();
        // Then
        assertThat(placement).isEqualTo(Placement.PLACED);
        assertThat(look(before).newest().offerings()).isEqualTo(byId(dearer));
        assertThat(look(Shelf.empty(provider)).newest().offerings()).isEqualTo(byId(dearer));
    }

    @Test
    void sendsTheWholeShelfWhenTheDifferenceIsFromAnotherVersion() {
        // Given
        shelves.placeWhole(shelf(10, m7), reportAt(NOON)).block();
        // When
        var placement = place(shelf(12, dearer, m7), reportAt(NOON), 11, Set.of(g6.id()))
                .block();
        // Then
        assertThat(placement).isEqualTo(Placement.PLACED);
        assertThat(look(Shelf.empty(provider)).newest().offerings()).isEqualTo(byId(dearer, m7));
    }

    @Test
    void neverGoesBackToAnOlderVersion() {
        // Given
        shelves.placeWhole(shelf(10, g6), reportAt(NOON)).block();
        // When
        var placement = shelves.placeWhole(shelf(9, m7), reportAt(NOON)).block();
        // Then
        assertThat(placement).isEqualTo(Placement.NEWER_THERE);
        assertThat(look(Shelf.empty(provider)).newest().offerings()).isEqualTo(byId(g6));
    }

    @Test
    void takesAReportWithoutTouchingTheShelf() {
        // Given
        var shelf = shelf(10, g6);
        shelves.placeWhole(shelf, reportAt(NOON)).block();
        var failed = reportAt(NOON).failed("hung", NOON.plusSeconds(60), Duration.ofSeconds(60));
        // When
        place(shelf, failed, 10, Set.of()).block();
        // Then
        assertThat(look(shelf)).isEqualTo(new SharedShelves.Display(10, shelf, failed));
    }

    @Test
    void hasNoShelfOfAMarketThatNobodyPlaced() {
        assertThat(look(Shelf.empty(provider)).version()).isZero();
        assertThat(look(Shelf.empty(provider)).report()).isNull();
    }

    @Test
    void countsAShelfThatLostPartsAsNone() {
        // Given
        shelves.placeWhole(shelf(10, g6), reportAt(NOON)).block();
        redis.delete("spotplane:pricing:shelf:v2:{" + provider + "}:segments").block();
        // When
        var display = look(Shelf.empty(provider));
        // Then
        assertThat(display.version()).isZero();
    }

    @Test
    void tellsThoseWhoListen() {
        StepVerifier.create(shelves.news().filter(provider::equals).next())
                .then(() -> Mono.delay(Duration.ofMillis(300))
                        .then(shelves.placeWhole(shelf(10, g6), reportAt(NOON)))
                        .block())
                .expectNext(provider)
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void bringsTwentyEightThousandChangesOfAHundredThousandToAReader() {
        // Given
        var first = Shelf.of(provider, 10, rows(0, 1, 100_000, "0.30"));
        shelves.placeWhole(first, reportAt(NOON)).block();
        // When
        var second = follow(first, rows(0, 3, 28_000, "0.31"));
        var third = follow(second, rows(1, 3, 28_000, "0.32"));
        var fourth = follow(third, rows(2, 3, 28_000, "0.33"));
        // Then
        assertThat(fourth.offerings())
                .hasSize(100_000)
                .containsEntry(row(2, "0.33").id(), row(2, "0.33"));
    }

    private Shelf follow(Shelf before, Map<String, Offering> changed) {
        var moved = new HashMap<>(before.offerings());
        moved.putAll(changed);
        var started = System.nanoTime();
        var after = Shelf.of(provider, before.version() + 1, moved);
        var indexed = System.nanoTime();
        place(after, reportAt(NOON), before.version(), changed.keySet()).block();
        var placed = System.nanoTime();
        var seen = look(before).newest();
        System.out.printf(
                "28,000 changed of 100,000: indexed in %d ms, placed in %d ms, followed in %d ms%n",
                (indexed - started) / 1_000_000,
                (placed - indexed) / 1_000_000,
                (System.nanoTime() - placed) / 1_000_000);
        assertThat(seen.offerings()).isEqualTo(moved);
        return seen;
    }

    private Map<String, Offering> rows(int from, int step, int count, String usd) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(from + i * step, usd))
                .collect(Collectors.toMap(Offering::id, offering -> offering));
    }

    private Offering row(int number, String usd) {
        return offering(provider, "type-" + number)
                .region("region-" + number % 40)
                .gpu("L4", 1 + number % 8)
                .at(usd);
    }

    private SharedShelves.Display look(Shelf known) {
        return Objects.requireNonNull(shelves.look(known).block());
    }

    private Shelf shelf(long version, Offering... offerings) {
        return Shelf.of(provider, version, byId(offerings));
    }

    private MarketReport reportAt(Instant at) {
        return MarketReport.neverCollected(provider, Duration.ofMinutes(5))
                .believed(at, at, Duration.ZERO, 1, Map.of());
    }

    private Mono<SharedShelves.Placement> place(Shelf shelf, MarketReport report, long base, Set<String> changed) {
        return shelves.difference(shelf.offerings(), changed)
                .flatMap(difference -> shelves.place(shelf, report, base, difference));
    }
}
