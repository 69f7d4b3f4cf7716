package io.spotplane.pricing.bid;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.Advice.Method;
import io.spotplane.pricing.bid.Advice.WarningCode;
import io.spotplane.pricing.testing.Ladder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChooseBidTest {

    private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
    private static final Offering CHEAP = at("0.01");

    @Test
    void choosesTheCheapestRungThatKeepsTheWantedSurvival() {
        // Given
        var path = weekly("0.01", 160, "0.05", 8);
        // When
        var careful = advise(CHEAP, 0.99, record(path));
        var bold = advise(CHEAP, 0.5, record(path));
        // Then
        assertThat(careful.method()).isEqualTo(Method.REPLAY);
        assertThat(bid(careful)).isEqualTo("0.060");
        assertThat(bid(bold)).isEqualTo("0.010");
        assertThat(careful.rungs())
                .filteredOn(rung ->
                        rung.bid() < Objects.requireNonNull(careful.chosen()).bid())
                .allSatisfy(rung -> assertThat(rung.survival().probability()).isLessThan(0.99));
    }

    @Test
    void neverLeavesTheLadderNorGoesBelowTheMinimumWhateverHappened() {
        // Given
        var random = new Random(3);
        for (var round = 0; round < 200; round++) {
            var order = Paths.from(FROM);
            for (var change = 0; change < 1 + random.nextInt(60); change++) {
                order.at(
                        "%d.%03d".formatted(random.nextInt(20) == 0 ? 1 : 0, random.nextInt(400)),
                        0.2 + random.nextDouble() * 30);
            }
            var path = order.path();
            var offering = at(Micros.toAmount(path.last().orElseThrow()).toPlainString());
            // When
            var advice = advise(offering, 0.5 + random.nextDouble() / 2.01, record(path));
            // Then
            assertThat(advice.rungs())
                    .allSatisfy(rung -> assertThat(Ladder.OF_JULY.accept(Micros.toAmount(rung.bid())))
                            .isTrue());
            assertThat(Objects.requireNonNull(advice.chosen()).bid())
                    .isGreaterThanOrEqualTo(Micros.of(offering.price().amount()));
        }
    }

    @Test
    void bidsByAllAcceptedAmountsWhereThereIsNoLadder() {
        // Given
        var free = new BidRules(new BigDecimal("0.005"), 3, List.of(), LocalDate.EPOCH);
        var offering = offering("rackspace-spot", "gp.vs1.large-iad").bids(free).at("0.007");
        // When
        var advice = advise(offering, 0.99, record(weekly("0.007", 160, "0.05", 8)));
        // Then
        assertThat(free.accept(
                        Micros.toAmount(Objects.requireNonNull(advice.chosen()).bid())))
                .isTrue();
        assertThat(bid(advice)).isEqualTo("0.050");
    }

    @Test
    void takesThePercentilesWhereNothingCanBeReplayed() {
        // Given
        var look = new Look(CHEAP.id(), FROM, 10_000, 11_000, 31_000, 81_000);
        var record = new AuctionRecord(CHEAP.id(), null, PricePath.UNKNOWN, look, FROM, 0, null);
        // When
        var careful = advise(CHEAP, 0.99, record);
        var bold = advise(CHEAP, 0.8, record);
        // Then
        assertThat(careful.method()).isEqualTo(Method.PERCENTILES);
        assertThat(bid(careful)).isEqualTo("0.100");
        assertThat(bid(bold)).isEqualTo("0.010");
        assertThat(careful.rungs()).allSatisfy(rung -> assertThat(rung.replay()).isNull());
    }

    @Test
    void saysThatItKnowsTheMarketPriceAlone() {
        // When
        var advice = advise(CHEAP, 0.95, AuctionRecord.unknown(CHEAP.id()));
        // Then
        assertThat(advice.method()).isEqualTo(Method.MARKET_ONLY);
        assertThat(codes(advice)).contains(WarningCode.THIN_HISTORY);
        assertThat(advice.chosen()).isNotNull();
    }

    @Test
    void takesTheSafestAndSaysSoWhenNoneIsSafeEnough() {
        // Given
        var path = weekly("0.01", 160, "0.05", 8);
        // When
        var advice = advise(question(CHEAP, 0.99, "0.04"), record(path));
        // Then
        assertThat(Objects.requireNonNull(advice.chosen()).bid()).isLessThanOrEqualTo(40_000);
        assertThat(codes(advice)).contains(WarningCode.SURVIVAL_NOT_REACHED);
    }

    @Test
    void choosesNothingWhenNoBidThatMayBeMadeWinsNow() {
        // Given
        var dear = at("0.30");
        // When
        var advice = advise(question(dear, 0.8, "0.20"), record(weekly("0.30", 160, "0.05", 8)));
        // Then
        assertThat(advice.chosen()).isNull();
        assertThat(codes(advice)).contains(WarningCode.BELOW_MARKET);
    }

    @Test
    void warnsOfAPriceFarOutOfLineAndStillSurvivesIt() {
        // Given
        var path =
                Paths.from(FROM).at("0.01", 400).at("1.92", 0.1).at("0.01", 400).path();
        // When
        var advice = advise(CHEAP, 0.95, record(path));
        // Then
        assertThat(codes(advice)).contains(WarningCode.OUTLIERS, WarningCode.CLOSE_TO_MARKET);
        assertThat(bid(advice)).isEqualTo("0.010");
    }

    @Test
    void warnsOfAHistoryThatCouldNotBeRead() {
        // Given
        var path = weekly("0.01", 160, "0.05", 8);
        var record = new AuctionRecord(
                CHEAP.id(),
                AuctionRecord.Source.AUCTION_HISTORY,
                path,
                null,
                path.until().minus(Duration.ofDays(2)),
                3,
                "no answer within PT30S");
        // When
        var advice = advise(CHEAP, 0.95, record);
        // Then
        assertThat(codes(advice)).contains(WarningCode.STALE_HISTORY, WarningCode.REJECTED_PRICES);
    }

    @Test
    void showsHowTheFormerRulesFare() {
        // Given
        var path = weekly("0.01", 160, "0.05", 8);
        // When
        var former = advise(CHEAP, 0.95, record(path)).former();
        // Then
        assertThat(former).hasSize(FormerRule.values().length);
        var lowRisk = former.getLast();
        assertThat(lowRisk.rule()).isEqualTo(FormerRule.RSSPOT_LOW_RISK);
        assertThat(Micros.toAmount(lowRisk.rung().bid())).isEqualByComparingTo("0.014");
        assertThat(lowRisk.accepted()).isFalse();
        assertThat(Objects.requireNonNull(lowRisk.rung().replay()).shareHeld()).isLessThan(0.96);
    }

    @Test
    void bidsAboveTheMarketWhereTiesAreLost() {
        // Given
        var path = Paths.from(FROM).at("0.03", 24 * 30).path();
        var offering = at("0.03");
        var question = new Question(offering, Ladder.OF_JULY, 0.9, Duration.ofHours(24), null, Ties.LOST);
        // When
        var advice = choose(offering, Ties.LOST, path.until()).answer(question, record(path));
        // Then
        assertThat(bid(advice)).isEqualTo("0.040");
    }

    private static PricePath weekly(String low, double lowHours, String high, double highHours) {
        var order = Paths.from(FROM);
        for (var week = 0; week < 6; week++) {
            order.at(low, lowHours / 2).at(high, highHours).at(low, lowHours / 2);
        }
        return order.path();
    }

    private static Offering at(String usd) {
        return offering("rackspace-spot", "gp.vs1.large-iad")
                .bids(Ladder.OF_JULY)
                .at(usd);
    }

    private static AuctionRecord record(PricePath path) {
        return new AuctionRecord(CHEAP.id(), AuctionRecord.Source.AUCTION_HISTORY, path, null, path.until(), 0, null);
    }

    private static Question question(Offering offering, double survival, @Nullable String maxBid) {
        return Question.of(
                offering, survival, Duration.ofHours(24), maxBid == null ? null : new BigDecimal(maxBid), Ties.HELD);
    }

    private static Advice advise(Offering offering, double survival, AuctionRecord record) {
        return advise(question(offering, survival, null), record);
    }

    private static Advice advise(Question question, AuctionRecord record) {
        var now = record.path().isEmpty() ? FROM : record.path().until();
        return choose(question.offering(), Ties.HELD, now).answer(question, record);
    }

    private static ChooseBid choose(Offering offering, Ties ties, Instant now) {
        return ChooseBid.learning(Map.of(), Map.of(), id -> offering.bidRules(), ties, Duration.ofDays(30), now);
    }

    private static String bid(Advice advice) {
        return Micros.toAmount(Objects.requireNonNull(advice.chosen()).bid()).toPlainString();
    }

    private static List<WarningCode> codes(Advice advice) {
        return advice.warnings().stream().map(Advice.Warning::code).toList();
    }
}
