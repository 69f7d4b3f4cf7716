package io.spotplane.provisioning.reconcile;

import static io.spotplane.provisioning.Samples.MACHINE;
import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.inDoubt;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.instance.Absence;
import io.spotplane.provisioning.instance.Doubt;
import io.spotplane.provisioning.instance.Failed;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.InstanceState;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Launching;
import io.spotplane.provisioning.offering.CoolDown.Scope;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchAnswersTest {

    private static final Doubt EARLIER = new Doubt(NOW.minusSeconds(30), NOW.minusSeconds(30), Absence.NONE);

    private final LaunchAnswers answers = new LaunchAnswers(Rules.PLACEMENT, Duration.ofMinutes(5));
    private final Instance sent = inDoubt(2, offering("a", "0.80"));

    @Test
    void anAcceptedOrderIsLaunchingAndNotMore() {
        assertThat(state(null, new LaunchOutcome.Accepted(MACHINE), NOW)).isInstanceOf(Launching.class);
    }

    @Test
    void anUnreadAnswerStaysInDoubt() {
        var state =
                (Intended) state(null, new LaunchOutcome.Unknown(sent.order().token(), "time-out"), NOW);
        assertThat(state.doubt()).isNotNull();
        assertThat(state.dueAt()).isAfter(NOW);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CAPACITY", "PRICE_TOO_LOW", "INVALID", "QUOTA", "INSUFFICIENT_FUNDS", "AUTH", "GONE"})
    void aRefusalForGoodFreesThePlaceAtOnce(Refusal refusal) {
        assertThat(state(null, declined(refusal), NOW))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(refusal.name()));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CAPACITY", "PRICE_TOO_LOW", "INVALID"})
    void whatWasRefusedRestsAsAnOffering(Refusal refusal) {
        assertThat(decide(null, declined(refusal), NOW).coolDowns())
                .singleElement()
                .satisfies(rest -> assertThat(rest.scope()).isEqualTo(Scope.OFFERING));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUOTA", "INSUFFICIENT_FUNDS", "AUTH"})
    void anAccountThatCannotBuyIsSuspended(Refusal refusal) {
        assertThat(decide(null, declined(refusal), NOW).coolDowns())
                .singleElement()
                .satisfies(rest -> assertThat(rest.scope()).isEqualTo(Scope.ACCOUNT));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "TRANSIENT"})
    void aRefusalForNowIsTriedAgainWithTheSameIntent(Refusal refusal) {
        var state = (Intended) state(null, declined(refusal), NOW);
        assertThat(state.doubt()).isNull();
        assertThat(state.dueAt()).isEqualTo(NOW.plusSeconds(7));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "TRANSIENT", "AUTH"})
    void aRefusalThatSaysNothingOfAnEarlierOrderKeepsItsDoubt(Refusal refusal) {
        assertThat(((Intended) state(EARLIER, declined(refusal), NOW)).doubt()).isEqualTo(EARLIER);
    }

    @Test
    void aProviderThatCannotBeAskedForLongIsLeftForAnother() {
        // When
        var decision = decide(null, declined(Refusal.TRANSIENT), NOW.plus(Duration.ofMinutes(5)));
        // Then
        assertThat(decision.holding().instances().getFirst().state().reason()).isEqualTo("PROVIDER_UNAVAILABLE");
        assertThat(decision.coolDowns()).hasSize(1);
    }

    @Test
    void anAnswerToAnOrderThatListsHaveSettledChangesNothing() {
        // Given
        var adopted = sent.become(((Intended) sent.state()).accepted(MACHINE, NOW), NOW);
        var held = holding(wanted(1, null, null)).adding(adopted);
        // When
        var decision = answers.decide(sent, null, declined(Refusal.NO_CAPACITY)).on(held, NOW);
        // Then
        assertThat(decision).isEqualTo(Decision.of(held));
    }

    private InstanceState state(@Nullable Doubt earlier, LaunchOutcome outcome, Instant now) {
        return decide(earlier, outcome, now).holding().instances().getFirst().state();
    }

    private Decision decide(@Nullable Doubt earlier, LaunchOutcome outcome, Instant now) {
        return answers.decide(sent, earlier, outcome)
                .on(holding(wanted(1, null, null)).adding(sent), now);
    }

    private static Declined declined(Refusal refusal) {
        return new Declined(refusal, "Code", "words", Duration.ofSeconds(7));
    }
}
