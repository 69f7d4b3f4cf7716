package io.spotplane.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

    private static final Rate TEN_A_SECOND = new Rate(10, Duration.ofSeconds(1));

    private final TestClock clock = new TestClock();
    private final LocalBuckets buckets = new LocalBuckets(clock);

    @Test
    void letsAFullBucketPassAndRefusesTheNext() {
        // When
        for (int i = 9; i >= 0; i--) {
            assertThat(take("a")).isEqualTo(new Decision(true, i, Duration.ZERO, Decision.Backend.LOCAL));
        }
        // Then
        assertThat(take("a")).isEqualTo(new Decision(false, 0, Duration.ofMillis(100), Decision.Backend.LOCAL));
    }

    @Test
    void refillsEvenlyAndNeverAboveItsSize() {
        // Given
        empty("a");
        // When
        clock.advance(Duration.ofMillis(150));
        // Then
        assertThat(take("a").allowed()).isTrue();
        assertThat(take("a").allowed()).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(take("a").remaining()).isEqualTo(9);
    }

    @Test
    void keysDoNotShareABucket() {
        // When
        empty("a");
        // Then
        assertThat(take("b").allowed()).isTrue();
    }

    @Test
    void aClockThatGoesBackEarnsNothing() {
        // Given
        empty("a");
        // When
        clock.advance(Duration.ofSeconds(-10));
        // Then
        assertThat(take("a").allowed()).isFalse();
    }

    @Test
    void aShareIsNeverNothing() {
        assertThat(new Rate(100, Duration.ofSeconds(60)).shareOf(4).requests()).isEqualTo(25);
        assertThat(new Rate(2, Duration.ofSeconds(60)).shareOf(4).requests()).isEqualTo(1);
        assertThatThrownBy(() -> new Rate(0, Duration.ofSeconds(1))).hasMessageContaining("at least 1");
    }

    private void empty(String key) {
        while (take(key).allowed()) {}
    }

    private Decision take(String key) {
        return buckets.take(key, TEN_A_SECOND).block();
    }

    private static final class TestClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
