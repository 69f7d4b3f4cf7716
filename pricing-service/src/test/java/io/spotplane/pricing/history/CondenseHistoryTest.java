package io.spotplane.pricing.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CondenseHistoryTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-20T12:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void seesHowFarItIsBehindAlsoWhenItCannotCondense() {
        // Given
        var days = new FailingDays();
        var condense = new CondenseHistory(
                days,
                new HistorySettings(Duration.ofDays(400), Duration.ofDays(90), 2, Duration.ofHours(6)),
                meters,
                CLOCK);
        // When
        var condensing = condense.condense();
        // Then
        StepVerifier.create(condensing).verifyErrorMessage("disk is full");
        assertThat(meters.get("spotplane.history.condense.lag").gauge().value())
                .isEqualTo(Duration.ofDays(3).toSeconds());
    }

    /** Can be looked at, but not worked on. */
    private static final class FailingDays implements HistoryDays {

        @Override
        public Mono<Integer> condense(Instant before) {
            return Mono.error(new IllegalStateException("disk is full"));
        }

        @Override
        public Mono<Duration> lag(Instant before) {
            return Mono.just(Duration.ofDays(3));
        }

        @Override
        public Mono<Rows> rows() {
            return Mono.just(new Rows(7, 2));
        }
    }
}
