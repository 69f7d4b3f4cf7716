package io.spotplane.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.notification.channel.AttemptOutcome;
import io.spotplane.notification.channel.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int FIRST = 5;
    private static final int AFTER_LAST = 12;

    private final Judgement judgement = new Judgement(new RetrySchedule(() -> 0.5));

    @Test
    void whatWasAcceptedIsDelivered() {
        assertThat(judgement.of(new AttemptOutcome.Accepted(200), at(FIRST), NOON))
                .isEqualTo(new Verdict.Delivered());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailedIsTriedAgain(AttemptOutcome failure) {
        assertThat(judgement.of(failure, at(FIRST), NOON))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(5), FIRST + 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailedTooOftenIsGivenUpWithItsReason(AttemptOutcome failure) {
        assertThat(judgement.of(failure, at(AFTER_LAST), NOON)).isEqualTo(new Verdict.Abandon(failure.detail()));
    }

    @Test
    void aReceiverMayAskForMoreTimeNeverForLess() {
        assertThat(judgement.of(refusedFor(Duration.ofMinutes(1)), at(FIRST), NOON))
                .isEqualTo(new Verdict.TryAgain(Duration.ofMinutes(1), FIRST + 1));
        assertThat(judgement.of(refusedFor(Duration.ofSeconds(1)), at(FIRST), NOON))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(5), FIRST + 1));
    }

    @Test
    void aReceiverThatIsGoneEndsTheSubscription() {
        assertThat(judgement.of(new AttemptOutcome.Gone(), at(FIRST), NOON)).isInstanceOf(Verdict.Disable.class);
    }

    static Stream<AttemptOutcome> failures() {
        return Stream.of(
                new AttemptOutcome.Refused(500, Optional.empty()),
                new AttemptOutcome.Refused(302, Optional.empty()),
                new AttemptOutcome.TimedOut(Duration.ofSeconds(15)),
                new AttemptOutcome.Unreachable("connection refused"),
                new AttemptOutcome.Blocked("internal"));
    }

    private static AttemptOutcome refusedFor(Duration wait) {
        return new AttemptOutcome.Refused(503, Optional.of(wait));
    }

    private static DueDelivery at(int step) {
        return new DueDelivery(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                "acme",
                "event",
                "type",
                "{}",
                null,
                NOON,
                null,
                step,
                0,
                "https://example.com",
                SigningSecret.random());
    }
}
