package io.spotplane.pricing.offering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketReportTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final MarketReport FRESH = MarketReport.neverCollected("aws", Duration.ofMinutes(5));
    private static final MarketReport COLLECTED = FRESH.believed(NOON, NOON, Duration.ofSeconds(2), 10, Map.of());

    @Test
    void isStaleOnlyPastItsLimit() {
        assertThat(COLLECTED.staleAt(NOON.plus(Duration.ofMinutes(5)))).isFalse();
        assertThat(COLLECTED.staleAt(NOON.plus(Duration.ofMinutes(5)).plusMillis(1)))
                .isTrue();
    }

    @Test
    void isStaleUntilItWasEverCollected() {
        assertThat(FRESH.staleAt(NOON)).isTrue();
        assertThat(FRESH.ageAt(NOON)).isNull();
    }

    @Test
    void keepsTheAgeOfItsPricesThroughFailedRounds() {
        // When
        var failed = COLLECTED
                .failed("no answer within PT1M", NOON.plusSeconds(60), Duration.ofSeconds(60))
                .failed("no answer within PT1M", NOON.plusSeconds(120), Duration.ofSeconds(60));
        // Then
        assertThat(failed.ageAt(NOON.plusSeconds(120))).isEqualTo(Duration.ofSeconds(120));
        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.offerings()).isEqualTo(10);
        assertThat(failed.error()).isEqualTo("no answer within PT1M");
    }

    @Test
    void countsShortRoundsApartFromFaults() {
        // When
        var report = COLLECTED.tooShort("short", NOON, Duration.ZERO).failed("hung", NOON, Duration.ZERO);
        // Then
        assertThat(report.shortRounds()).isEqualTo(1);
        assertThat(report.failures()).isEqualTo(2);
    }

    @Test
    void forgetsFailuresWhenBelievedAgain() {
        // When
        var again = COLLECTED.failed("hung", NOON, Duration.ZERO).believed(NOON, NOON, Duration.ZERO, 9, Map.of());
        // Then
        assertThat(again.failures()).isZero();
        assertThat(again.error()).isNull();
    }

    @Test
    void neverHasANegativeAge() {
        assertThat(COLLECTED.ageAt(NOON.minusSeconds(5))).isEqualTo(Duration.ZERO);
    }
}
