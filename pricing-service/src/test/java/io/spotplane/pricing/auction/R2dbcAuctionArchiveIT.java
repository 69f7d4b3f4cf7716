package io.spotplane.pricing.auction;

import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.pricing.auction.AuctionArchive.Reading;
import io.spotplane.pricing.book.BookJson;
import io.spotplane.pricing.book.RealBook;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Infrastructure(POSTGRES)
class R2dbcAuctionArchiveIT {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant FROM = NOW.minus(Duration.ofDays(90));
    private static final Duration GAP = Duration.ofDays(1);

    /** Tests share the database, not the offerings. */
    private final String provider = "p" + UUID.randomUUID();

    private final String offering = provider + ":r:-:gp.large:spot";
    private R2dbcAuctionArchive archive;

    @BeforeEach
    void open(PostgresServer postgres) {
        var real = new RealBook(postgres);
        archive = new R2dbcAuctionArchive(real.database(), real.transactions(), new BookJson());
    }

    @Test
    void keepsEachAuctionOnceHoweverOftenItIsTold() {
        // Given
        var prices = List.of(hammer(50, "0.010"), hammer(40, "0.012"));
        append(prices);
        // When
        var added = append(List.of(hammer(50, "0.999"), hammer(40, "0.012"), hammer(30, "0.013")));
        // Then
        assertThat(added).isEqualTo(1);
        assertThat(points()).extracting(PricePath.Point::micros).containsExactly(10_000L, 12_000L, 13_000L);
        assertThat(archive.newest(provider).block()).containsExactly(java.util.Map.entry(offering, minutesAgo(30)));
    }

    @Test
    void readsOnlyWhatChangedAndTheNewest() {
        // Given
        append(List.of(
                hammer(50, "0.01"), hammer(40, "0.01"), hammer(30, "0.02"), hammer(20, "0.02"), hammer(10, "0.02")));
        // When
        var points = points();
        // Then
        assertThat(points).extracting(PricePath.Point::second).containsExactly(second(50), second(30), second(10));
    }

    @Test
    void saysWhereNoAuctionWasHeardOfForTooLong() {
        // Given
        var day = 24 * 60;
        append(List.of(hammer(5 * day, "0.01"), hammer(10, "0.01")));
        // When
        var points = points();
        // Then
        assertThat(points)
                .containsExactly(
                        new PricePath.Point(second(5 * day), 10_000L),
                        new PricePath.Point(second(4 * day), null),
                        new PricePath.Point(second(10), 10_000L));
    }

    @Test
    void takesAMonthOfAuctionsAtOnce() {
        // Given
        var month = IntStream.range(0, 12_000)
                .mapToObj(auction -> hammer(4 * (12_000 - auction), "0.0%02d".formatted(10 + auction % 3)))
                .toList();
        // When
        var added = append(month);
        // Then
        assertThat(added).isEqualTo(12_000);
        assertThat(points()).hasSize(12_000);
    }

    @Test
    void keepsWhatIsKnownWhenAHistoryCannotBeRead() {
        // Given
        append(List.of(hammer(10, "0.01")));
        // When
        archive.unread(provider, offering, "bucket is away").block();
        // Then
        var kept = archive.read(FROM, GAP).block();
        assertThat(kept.readings().get(offering)).isEqualTo(new AuctionArchive.Read(NOW, 2, "bucket is away"));
        assertThat(kept.points()).containsKey(offering);
    }

    @Test
    void keepsPercentilesInTheirOrder() {
        // Given
        var first = new Look(offering, minutesAgo(60), 10_000, 11_000, 21_000, 31_000);
        var second = new Look(offering, minutesAgo(30), 20_000, 11_000, 21_000, 31_000);
        // When
        archive.append(List.of(second)).block();
        archive.append(List.of(first, second)).block();
        // Then
        assertThat(archive.read(FROM, GAP).block().looks().get(offering)).containsExactly(first, second);
    }

    @Test
    void letsOneReplicaHaveTheRoundUntilItIsDueAgain() {
        // When
        var first = archive.claim(provider, Duration.ofMinutes(30)).block();
        var second = archive.claim(provider, Duration.ofMinutes(30)).block();
        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }

    @Test
    void everyRoundMakesANewVersion() {
        // Given
        archive.claim(provider, Duration.ofMinutes(30)).block();
        var before = archive.version().block();
        // When
        archive.finished(provider, NOW, false, "no percentiles today").block();
        // Then
        assertThat(archive.version().block()).isGreaterThan(before);
    }

    @Test
    void dropsWhatIsTooOld() {
        // Given
        append(List.of(hammer(60 * 24 * 80, "0.01"), hammer(10, "0.02")));
        // When
        archive.dropBefore(NOW.minus(Duration.ofDays(60))).block();
        // Then
        assertThat(points()).extracting(PricePath.Point::second).containsExactly(second(10));
    }

    private Long append(List<HammerPrice> prices) {
        return archive.append(new Reading(provider, offering, NOW, 2), prices).block();
    }

    private List<PricePath.Point> points() {
        return archive.read(FROM, GAP).block().points().get(offering);
    }

    private static HammerPrice hammer(int minutesAgo, String usd) {
        return new HammerPrice(minutesAgo(minutesAgo), new BigDecimal(usd));
    }

    private static Instant minutesAgo(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static long second(int minutesAgo) {
        return minutesAgo(minutesAgo).getEpochSecond();
    }
}
