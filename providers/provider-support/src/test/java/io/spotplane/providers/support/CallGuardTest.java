package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchOutcome.Unknown;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class CallGuardTest {

    private static final LaunchToken TOKEN = new LaunchToken("sp-abcdefghijklmnopqrstuvwx");
    private static final LaunchOutcome ACCEPTED = new Accepted(new ProviderInstanceId("any", "m-1"));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TestClock clock = new TestClock();
    private final AtomicInteger sent = new AtomicInteger();
    private final CallGuard guard = guards(GuardSettings.defaults()).of("moon", "base");

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"TRANSIENT", "AUTH", "AMBIGUOUS"},
            mode = Mode.EXCLUDE)
    void noAnswerOfAHealthyProviderOpensTheBreaker(Refusal refusal) {
        // Given
        repeat(100, () -> launch(declined(refusal)));
        // When
        var outcome = launch(ACCEPTED);
        // Then
        assertThat(outcome).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"TRANSIENT", "AUTH"})
    void aSickFarSideIsLeftAlone(Refusal refusal) {
        // Given
        repeat(10, () -> launch(declined(refusal)));
        sent.set(0);
        // When
        var outcome = launch(ACCEPTED);
        // Then
        assertThat(outcome).isEqualTo(new Declined(Refusal.TRANSIENT, "NOT_SENT", "breaker is open", null));
        assertThat(sent).hasValue(0);
    }

    @Test
    void ordersWithoutAnAnswerOpenTheBreaker() {
        // Given
        repeat(10, () -> launch(new Unknown(TOKEN, "no answer within 10 s")));
        // When
        var outcome = launch(ACCEPTED);
        // Then
        assertThat(outcome).isInstanceOf(Declined.class);
    }

    @Test
    void anOpenBreakerKeepsBackReadsAndEndsTooInTheirOwnWords() {
        // Given
        repeat(10, () -> launch(declined(Refusal.TRANSIENT)));
        // When
        var read = Mono.just("list").transform(guard.aroundRead("moon.list"));
        var end = Mono.<TerminateOutcome>just(new TerminateOutcome.Accepted())
                .transform(guard.aroundTerminate("moon.terminate"));
        // Then
        StepVerifier.create(read)
                .verifyErrorSatisfies(fault -> assertThat(fault)
                        .isInstanceOfSatisfying(
                                ProviderFault.class,
                                it -> assertThat(it.refusal()).isEqualTo(Refusal.TRANSIENT)));
        StepVerifier.create(end)
                .expectNext(new TerminateOutcome.NotYet(Refusal.TRANSIENT, "breaker is open"))
                .verifyComplete();
    }

    @Test
    void anOpenBreakerLetsACallTryAfterAWhileAndClosesWhenItIsAnswered() {
        // Given
        repeat(10, () -> launch(declined(Refusal.TRANSIENT)));
        clock.advance(Duration.ofSeconds(31));
        // When
        repeat(3, () -> launch(ACCEPTED));
        repeat(5, () -> launch(declined(Refusal.TRANSIENT)));
        var outcome = launch(ACCEPTED);
        // Then
        assertThat(outcome).isEqualTo(ACCEPTED);
    }

    @Test
    void oneEndpointIsNotStoppedByAnother() {
        // Given
        var guards = guards(GuardSettings.defaults());
        repeat(10, () -> launch(guards.of("moon", "dark-side"), declined(Refusal.TRANSIENT)));
        // When
        var outcome = launch(guards.of("moon", "near-side"), ACCEPTED);
        // Then
        assertThat(outcome).isEqualTo(ACCEPTED);
    }

    @Test
    void capabilitiesOfOneEndpointShareItsBreaker() {
        // Given
        var guards = guards(GuardSettings.defaults());
        // When / Then
        assertThat(guards.of("moon", "base")).isSameAs(guards.of("moon", "base"));
    }

    @Test
    void soManyCallsAreUnderWayAndTheNextWaitsForItsTurn() {
        // Given
        var narrow = guards(new GuardSettings(
                        2, Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(30), Duration.ofSeconds(60)))
                .of("moon", "narrow");
        List<Sinks.One<String>> answers = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Mono.defer(() -> {
                        Sinks.One<String> answer = Sinks.one();
                        answers.add(answer);
                        return answer.asMono();
                    })
                    .transform(narrow.aroundRead("moon.list"))
                    .subscribe(read::add);
        }
        var underWayBefore = answers.size();
        // When
        answers.getFirst().tryEmitValue("first");
        // Then
        assertThat(underWayBefore).isEqualTo(2);
        assertThat(answers).hasSize(3);
        assertThat(read).containsExactly("first");
    }

    @Test
    void aCallWhoseTurnDoesNotComeIsRefusedUnsent() {
        // Given
        var narrow = guards(new GuardSettings(
                        1, Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(30), Duration.ofSeconds(60)))
                .of("moon", "narrow");
        Mono.<String>never().transform(narrow.aroundRead("moon.list")).subscribe();
        // When
        var waiting =
                StepVerifier.withVirtualTime(() -> Mono.just(ACCEPTED).transform(narrow.aroundLaunch("moon.launch")));
        // Then
        waiting.thenAwait(Duration.ofSeconds(11))
                .assertNext(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Declined.class,
                                declined -> assertThat(declined.refusal()).isEqualTo(Refusal.TRANSIENT)))
                .verifyComplete();
    }

    @Test
    void aCancelledCallGivesItsTurnBackAndIsCountedAsCancelled() {
        // Given
        var narrow = guards(new GuardSettings(
                        1, Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(30), Duration.ofSeconds(60)))
                .of("moon", "narrow");
        var hanging =
                Mono.<String>never().transform(narrow.aroundRead("moon.list")).subscribe();
        // When
        hanging.dispose();
        // Then
        StepVerifier.create(Mono.just("list").transform(narrow.aroundRead("moon.list")))
                .expectNext("list")
                .verifyComplete();
        assertThat(count("moon.list", "cancelled")).isEqualTo(1);
    }

    @Test
    void everyCallIsCountedByItsOutcome() {
        // When
        launch(ACCEPTED);
        launch(declined(Refusal.NO_CAPACITY));
        repeat(20, () -> launch(new Unknown(TOKEN, "cut off")));
        launch(ACCEPTED);
        // Then
        assertThat(count("moon.launch", "ok")).isEqualTo(1);
        assertThat(count("moon.launch", "no_capacity")).isEqualTo(1);
        assertThat(count("moon.launch", "ambiguous") + count("moon.launch", "not_sent"))
                .isEqualTo(21);
        assertThat(count("moon.launch", "not_sent")).isPositive();
    }

    private LaunchOutcome launch(LaunchOutcome answer) {
        return launch(guard, answer);
    }

    private LaunchOutcome launch(CallGuard guard, LaunchOutcome answer) {
        return Mono.fromSupplier(() -> {
                    sent.incrementAndGet();
                    return answer;
                })
                .transform(guard.aroundLaunch("moon.launch"))
                .block();
    }

    private static LaunchOutcome declined(Refusal refusal) {
        return new Declined(refusal, "CODE", "words", null);
    }

    private static void repeat(int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            what.run();
        }
    }

    private long count(String operation, String outcome) {
        return meters
                .find("spotplane.provider.calls")
                .tags("provider", "moon", "operation", operation, "outcome", outcome)
                .timers()
                .stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private CallGuards guards(GuardSettings settings) {
        var observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new CallGuards(settings, observations, clock);
    }

    /** A clock that goes on only when told. */
    private static final class TestClock extends Clock {

        private Instant now = Instant.parse("2026-11-21T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
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
