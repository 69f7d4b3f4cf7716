package io.spotplane.pricing.auction;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.testing.FakeAuctions;
import io.spotplane.pricing.testing.Ladder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class CollectAuctionsTest {

    private static final Instant NOW = Instant.parse("2026-07-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Offering ONE = biddable("gp.vs1.large-iad", "0.012");
    private static final Offering TWO = biddable("gp.vs1.large-dfw", "0.020");
    private static final Offering FIXED =
            offering("spot", "ondemand").onDemand().at("0.50");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Storefront storefront = new Storefront(CLOCK, meters);
    private final RememberedArchive archive = new RememberedArchive();
    private final AuctionBoard board = new AuctionBoard();
    private final FakeAuctions auctions = new FakeAuctions("spot");
    private final AuctionSettings settings = new AuctionSettings(
            Duration.ofMinutes(30),
            Duration.ofMillis(200),
            Duration.ofDays(90),
            Duration.ofMinutes(1),
            Duration.ofDays(1));

    @BeforeEach
    void sell() {
        storefront.install(
                Shelf.of("spot", 1, byId(ONE, TWO, FIXED)),
                MarketReport.neverCollected("spot", Duration.ofMinutes(5))
                        .believed(NOW, NOW, Duration.ofSeconds(1), 3, Map.of()));
    }

    @Test
    void keepsWhatAuctionsPaidAndTheirDistribution() {
        // Given
        auctions.hammered(ONE, hoursAgo(3), "0.010")
                .hammered(ONE, hoursAgo(1), "0.012")
                .distributed(ONE, "0.011", "0.013", "0.031");
        // When
        round();
        // Then
        var record = board.record(ONE.id()).orElseThrow();
        assertThat(record.source()).isEqualTo(AuctionRecord.Source.AUCTION_HISTORY);
        assertThat(record.path().stretches())
                .extracting(PricePath.Stretch::micros)
                .containsExactly(10_000L, 12_000L);
        assertThat(record.path().until()).isEqualTo(NOW);
        assertThat(record.look()).isEqualTo(new Look(ONE.id(), NOW, 12_000, 11_000, 13_000, 31_000));
        assertThat(board.looks("spot")).containsOnlyKeys(ONE.id());
    }

    @Test
    void asksOnlyForWhatCanBeBidFor() {
        // When
        round();
        // Then
        assertThat(auctions.asked).containsExactlyInAnyOrder(ONE.id(), TWO.id());
    }

    @Test
    void appendsOnlyWhatIsNew() {
        // Given
        auctions.hammered(ONE, hoursAgo(3), "0.010");
        round();
        // When
        auctions.hammered(ONE, hoursAgo(5), "0.999").hammered(ONE, hoursAgo(1), "0.012");
        round();
        // Then
        assertThat(archive.prices.get(ONE.id()).keySet()).containsExactly(hoursAgo(3), hoursAgo(1));
    }

    @Test
    void doesNotBelieveTheFutureNorTheAncientNorTheAbsurd() {
        // Given
        auctions.hammered(ONE, NOW.plus(Duration.ofHours(1)), "0.010")
                .hammered(ONE, NOW.minus(Duration.ofDays(900)), "0.010")
                .hammered(ONE, hoursAgo(2), "1000000000000")
                .hammered(ONE, hoursAgo(1), "0.010");
        // When
        round();
        // Then
        assertThat(archive.prices.get(ONE.id()).keySet()).containsExactly(hoursAgo(1));
        assertThat(board.record(ONE.id()).orElseThrow().rejected()).isEqualTo(3);
        assertThat(meters.counter("spotplane.auction.points", "provider", "spot", "outcome", "FROM_THE_FUTURE")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void oneOfferingThatFailsOrHangsCostsNoOtherAndKeepsWhatIsKnown() {
        // Given
        auctions.hammered(ONE, hoursAgo(3), "0.010").hammered(TWO, hoursAgo(3), "0.020");
        round();
        // When
        auctions.fails(ONE, "bucket is away").hammered(TWO, hoursAgo(1), "0.030");
        round();
        // Then
        var failed = board.record(ONE.id()).orElseThrow();
        assertThat(failed.path().isEmpty()).isFalse();
        assertThat(failed.error()).contains("bucket is away");
        assertThat(Objects.requireNonNull(failed.ageAt(NOW))).isZero();
        assertThat(board.record(TWO.id()).orElseThrow().path().last()).hasValue(30_000);
    }

    @Test
    void namesTimeOuts() {
        // Given
        auctions.hangs(ONE);
        // When
        round();
        // Then
        assertThat(board.record(ONE.id()).orElseThrow().error()).isEqualTo("no answer within PT0.2S");
    }

    @Test
    void percentilesThatDoNotComeCostNoPrices() {
        // Given
        auctions.hidesPercentiles().hammered(ONE, hoursAgo(1), "0.010");
        // When
        round();
        // Then
        assertThat(board.record(ONE.id()).orElseThrow().path().isEmpty()).isFalse();
        assertThat(archive.finished).first().asString().contains("no percentiles today");
    }

    @Test
    void standsInWithOurOwnHistoryWhereNothingIsPublished() {
        // Given
        archive.own.put(
                TWO.id(),
                List.of(
                        new PricePath.Point(hoursAgo(9).getEpochSecond(), 15_000L),
                        new PricePath.Point(hoursAgo(4).getEpochSecond(), null),
                        new PricePath.Point(hoursAgo(2).getEpochSecond(), 20_000L)));
        // When
        round();
        // Then
        var record = board.record(TWO.id()).orElseThrow();
        assertThat(record.source()).isEqualTo(AuctionRecord.Source.OWN_HISTORY);
        assertThat(record.path().known()).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void doesNotHoldAPriceForEverWhenAuctionsStop() {
        // Given
        auctions.hammered(ONE, NOW.minus(Duration.ofDays(9)), "0.010");
        // When
        round();
        // Then
        assertThat(board.record(ONE.id()).orElseThrow().path().known()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void asksNobodyBeforeItIsDue() {
        // Given
        archive.due = false;
        // When
        round();
        // Then
        assertThat(auctions.asked).isEmpty();
    }

    @Test
    void measuresHowLongAgoAnythingWasRead() {
        // Given
        auctions.fails(ONE, "bucket is away").hammered(TWO, hoursAgo(3), "0.020");
        // When
        round();
        // Then
        assertThat(ageSeconds()).isZero();
    }

    @Test
    void hasNoAgeWhereNothingWasEverRead() {
        // Given
        auctions.fails(ONE, "bucket is away").fails(TWO, "bucket is away");
        // When
        round();
        // Then
        assertThat(ageSeconds()).isNaN();
    }

    @Test
    void countsFromZeroBeforeTheFirstRound() {
        // Given
        archive.due = false;
        // When
        round();
        // Then
        assertThat(meters.get("spotplane.auction.points")
                        .tags("provider", "spot", "outcome", "FAILED")
                        .counter()
                        .count())
                .isZero();
        assertThat(meters.get("spotplane.auction.round")
                        .tag("provider", "spot")
                        .timer()
                        .count())
                .isZero();
    }

    private double ageSeconds() {
        return meters.get("spotplane.auction.age")
                .tag("provider", "spot")
                .gauge()
                .value();
    }

    private void round() {
        var beans = new StaticListableBeanFactory(Map.of("auctions", auctions));
        var read = new ReadAuctions(archive, storefront, settings, meters, CLOCK);
        var follow = new FollowAuctions(archive, board, storefront, settings, CLOCK);
        new CollectAuctions(
                        beans.getBeanProvider(io.spotplane.providers.spi.AuctionHistory.class),
                        archive,
                        read,
                        follow,
                        settings,
                        meters,
                        CLOCK)
                .step(auctions)
                .block(Duration.ofSeconds(10));
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }

    private static Offering biddable(String type, String usd) {
        return offering("spot", type).bids(Ladder.OF_JULY).at(usd);
    }
}
