package io.spotplane.pricing.bid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayBidsTest {

    private static final Instant FROM = Instant.parse("2026-07-01T00:00:00Z");
    private static final long RESERVE = micros("0.01");

    @Test
    void countsTheTimeThatABidHeldAndHowOftenItWasLost() {
        // Given
        var path = Paths.from(FROM)
                .at("0.01", 10)
                .at("0.30", 2)
                .at("0.05", 6)
                .at("0.30", 6)
                .path();
        // When
        var replay = replay(path, Ties.HELD).of(micros("0.06"));
        // Then
        assertThat(replay.shareHeld()).isCloseTo(16 / 24.0, within(1e-9));
        assertThat(replay.lossesPerDay()).isCloseTo(2, within(1e-9));
        assertThat(replay.stretches().longestDays()).isCloseTo(10 / 24.0, within(1e-9));
    }

    @Test
    void chargesTheMarketPriceAndNeverLessThanTheReserve() {
        // Given
        var path = Paths.from(FROM).at("0.002", 3).at("0.05", 1).path();
        // When
        var replay = replay(path, Ties.HELD).of(micros("1.00"));
        // Then
        assertThat(replay.paidMicros()).isEqualTo((3 * RESERVE + micros("0.05")) / 4);
    }

    @Test
    void holdsWhenTheMarketReachesTheBidUnlessTiesAreLost() {
        // Given
        var path = Paths.from(FROM).at("0.03", 5).at("0.04", 5).path();
        // When
        var held = replay(path, Ties.HELD).of(micros("0.04"));
        var lost = replay(path, Ties.LOST).of(micros("0.04"));
        // Then
        assertThat(held.shareHeld()).isEqualTo(1);
        assertThat(held.lossesPerDay()).isZero();
        assertThat(lost.shareHeld()).isEqualTo(0.5);
        assertThat(lost.stretches().losses()).isEqualTo(1);
    }

    @Test
    void doesNotInventWhatHappenedInAGap() {
        // Given
        var path = Paths.from(FROM).at("0.01", 5).unknown(100).at("0.01", 5).path();
        // When
        var replay = replay(path, Ties.HELD).of(micros("0.01"));
        // Then
        assertThat(replay.shareHeld()).isEqualTo(1);
        assertThat(replay.stretches().losses()).isZero();
        assertThat(replay.stretches().longestDays()).isCloseTo(5 / 24.0, within(1e-9));
    }

    @Test
    void saysNothingWasHeldByABidBelowEveryPrice() {
        // Given
        var path = Paths.from(FROM).at("0.05", 5).path();
        // When
        var replay = replay(path, Ties.HELD).of(micros("0.04"));
        // Then
        assertThat(replay.shareHeld()).isZero();
        assertThat(replay.paidMicros()).isZero();
    }

    @Test
    void aHigherBidNeverHoldsForLess() {
        // Given
        var random = new java.util.Random(11);
        var order = Paths.from(FROM);
        for (var change = 0; change < 500; change++) {
            order.at("0.%03d".formatted(1 + random.nextInt(300)), 0.1 + random.nextDouble() * 5);
        }
        var replay = replay(order.path(), Ties.HELD);
        // When
        var shares = java.util.stream.LongStream.rangeClosed(1, 310)
                .mapToDouble(thousandth -> replay.of(thousandth * 1000).shareHeld())
                .boxed()
                .toList();
        // Then
        assertThat(shares).isSorted();
        assertThat(shares.getLast()).isEqualTo(1);
    }

    private static ReplayBids replay(PricePath path, Ties ties) {
        return new ReplayBids(path, ties, RESERVE, Freshness.at(path.until(), Duration.ofDays(30)));
    }

    private static long micros(String usd) {
        return Micros.of(new BigDecimal(usd));
    }
}
