package io.spotplane.pricing.risk.hazard;

import static io.spotplane.pricing.risk.hazard.Lives.START;
import static io.spotplane.pricing.risk.hazard.Lives.after;
import static io.spotplane.pricing.risk.hazard.Lives.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrequentialTest {

    private static final Prequential JUDGE = new Prequential(
            Duration.ofDays(90), Duration.ofHours(6), List.of(Duration.ofHours(1), Duration.ofHours(6)));
    private static final Pool GOOD = pool("us-west-2", "us-west-2a");
    private static final Pool BAD = pool("us-east-1", "us-east-1a");

    @Test
    void forecastsFromNothingLater() {
        // Given
        var half = after(Duration.ofDays(20));
        var lives = Lives.constant(GOOD, 0.2, after(Duration.ofDays(40)), new Random(1));
        var other = new ArrayList<>(
                lives.stream().filter(life -> life.to().isBefore(half)).toList());
        other.addAll(Lives.constant(BAD, 3, after(Duration.ofDays(60)), new Random(2)).stream()
                .filter(life -> life.from().isAfter(half))
                .toList());
        // When
        var honest = JUDGE.about(lives, START, StatedRates.NONE);
        var otherFuture = JUDGE.about(other, START, StatedRates.NONE);
        // Then
        var before = half.minus(Duration.ofDays(1));
        assertThat(honest.stream().filter(forecast -> forecast.at().isBefore(before)))
                .containsExactlyElementsOf(otherFuture.stream()
                        .filter(forecast -> forecast.at().isBefore(before))
                        .toList());
    }

    @Test
    void leavesOutWhatNobodySawTheEndOf() {
        // Given
        var givenBack = new Spell(GOOD, START, after(Duration.ofMinutes(90)), false);
        // When
        var forecasts = JUDGE.about(List.of(givenBack), START, StatedRates.NONE);
        // Then
        assertThat(forecasts).allSatisfy(forecast -> {
            assertThat(forecast.horizon()).isEqualTo(Duration.ofHours(1));
            assertThat(forecast.survived()).isTrue();
        });
        assertThat(forecasts).as("at ages 0, 10 and 30 minutes").hasSize(3);
    }

    @Test
    void isCalibratedOnLivesOfAKnownHazardAndBeatsTheBaseRate() {
        // Given
        var until = after(Duration.ofDays(60));
        var lives = new ArrayList<>(Lives.constant(GOOD, 0.02, until, new Random(3)));
        lives.addAll(Lives.constant(BAD, 0.5, until, new Random(4)));
        // When
        var calibration = Calibration.of(JUDGE.about(lives, after(Duration.ofDays(20)), StatedRates.NONE));
        // Then
        assertThat(calibration.ours().unreliability()).isLessThan(0.01);
        assertThat(calibration.ours().logLikelihood())
                .isGreaterThan(calibration.baseRate().logLikelihood());
        assertThat(calibration.ours().brier()).isLessThan(calibration.baseRate().brier());
    }

    @Test
    void splitsTheBrierScoreIntoItsParts() {
        // Given: forecasts that are the same within a decile
        var forecasts = new ArrayList<Forecast>();
        for (int at = 0; at < 100; at++) {
            forecasts.add(said(0.85, at < 70));
            forecasts.add(said(0.15, at < 20));
        }
        // When
        var calibration = Calibration.of(forecasts);
        // Then
        var ours = calibration.ours();
        assertThat(ours.brier()).isCloseTo(ours.unreliability() - ours.resolution() + ours.uncertainty(), within(1e-9));
        assertThat(calibration.deciles()).hasSize(2).allSatisfy(decile -> {
            assertThat(decile.low()).isLessThan(decile.survivedShare());
            assertThat(decile.high()).isGreaterThan(decile.survivedShare());
        });
        assertThat(calibration.survived()).isEqualTo(90);
    }

    @Test
    void scoresNothingWhenThereIsNothing() {
        assertThat(Calibration.of(List.of()).forecasts()).isZero();
        assertThat(Calibration.of(List.of()).deciles()).isEmpty();
    }

    private static Forecast said(double probability, boolean survived) {
        return new Forecast(GOOD, START, Duration.ofHours(1), probability, probability, probability, survived);
    }
}
