package io.spotplane.providers.contract;

import static io.spotplane.providers.spi.InstanceLauncher.Resolution.REPEAT_WITH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.MarketSide.Call;
import io.spotplane.providers.contract.MarketSide.Trouble;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchOutcome.Unknown;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.spi.TerminateOutcome.NotYet;
import org.junit.jupiter.api.Test;

/** The laws of {@link io.spotplane.providers.spi.InstanceLauncher}. */
public abstract class InstanceLauncherContract extends BuyingContract {

    private static final TerminateOutcome TAKEN = new TerminateOutcome.Accepted();

    @Test
    void anAcceptedOrderIsSeenWithItsToken() {
        // Given
        var order = order();
        // When
        var machine = launched(order);
        // Then
        assertThat(seen(order, any -> true).id()).isEqualTo(machine);
        assertThat(farSide().made(order.token())).isEqualTo(1);
    }

    @Test
    void soldOutIsAnExpectedAnswerThatOpensNoBreaker() {
        // Given
        farSide().trouble(Call.LAUNCH, Trouble.SOLD_OUT, 30);
        for (int i = 0; i < 29; i++) {
            launch(order());
        }
        // When
        var soldOut = launch(order());
        var restocked = launch(order());
        // Then
        assertThat(soldOut)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(Refusal.NO_CAPACITY));
        assertThat(restocked).isInstanceOf(Accepted.class);
    }

    @Test
    void aCapBelowTheMarketIsDeclinedAndNothingIsMade() {
        // Given
        var order = order(owner(), HourlyPrice.usd("0.002"));
        // When
        var outcome = launch(order);
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(Refusal.PRICE_TOO_LOW));
        assertThat(farSide().made(order.token())).isZero();
    }

    @Test
    void whatIsForSaleCanBeBought() {
        assertThat(launch(order())).isInstanceOf(Accepted.class);
    }

    @Test
    void theSameOrderTwiceIsOneMachine() {
        assumeTrue(account().launcher().resolution() == REPEAT_WITH_TOKEN, "the provider remembers no tokens");
        // Given
        var order = order();
        var first = launch(order);
        // When
        var second = launch(order);
        // Then
        assertThat(second).isEqualTo(first);
        assertThat(farSide().made(order.token())).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsUnknownAndResolvesToExactlyOneMachine() {
        // Given
        var order = order();
        farSide().trouble(Call.LAUNCH, Trouble.ANSWER_LOST, 1);
        // When
        var outcome = launch(order);
        resolve(order);
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.token()).isEqualTo(order.token()));
        assertThat(farSide().made(order.token())).isEqualTo(1);
    }

    @Test
    void silenceIsUnknownWithinTheTimeOut() {
        // Given
        var order = order();
        farSide().trouble(Call.LAUNCH, Trouble.SILENCE, 1);
        // When
        var outcome = answerInSpiteOfSilence(account().launcher().launch(order));
        // Then
        assertThat(outcome).isInstanceOf(Unknown.class);
    }

    @Test
    void aWebPageInsteadOfAnAnswerIsUnknown() {
        // Given
        var order = order();
        farSide().trouble(Call.LAUNCH, Trouble.WEB_PAGE, 1);
        // When
        var outcome = launch(order);
        // Then
        assertThat(outcome).isInstanceOf(Unknown.class);
    }

    @Test
    void throttlingIsDeclinedAndNothingIsMade() {
        // Given
        var order = order();
        farSide().trouble(Call.LAUNCH, Trouble.THROTTLED, 1);
        // When
        var outcome = launch(order);
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(Refusal.THROTTLED));
        assertThat(farSide().made(order.token())).isZero();
    }

    @Test
    void anOrderThatNeverLeftIsDeclinedAsTransient() {
        // Given
        var order = order();
        // When
        var outcome = answer(account().launcherWithoutFarSide().launch(order));
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(Refusal.TRANSIENT));
    }

    @Test
    void noOutcomeGivesTheSecretAway() {
        // Given
        farSide().trouble(Call.LAUNCH, Trouble.FAILURE, 1);
        farSide().trouble(Call.TERMINATE, Trouble.FAILURE, 1);
        // When
        var launch = launch(order());
        var end = answer(account().launcher().terminate(farSide().neverMade()));
        // Then
        assertThat(launch).isNotInstanceOf(Accepted.class);
        assertKeepsTheSecret(launch);
        assertThat(end).isInstanceOf(NotYet.class);
        assertKeepsTheSecret(end);
    }

    @Test
    void anEndedMachineIsProvedGoneByTheList() {
        // Given
        var order = order();
        var machine = launched(order);
        seen(order, any -> true);
        // When
        var outcome = answer(account().launcher().terminate(machine));
        // Then
        assertThat(outcome).isEqualTo(TAKEN);
        awaitEnd(order);
        assertThat(listed(order).filter(it -> it.state() != State.ENDED && it.state() != State.ENDING))
                .isEmpty();
    }

    @Test
    void anEndMayBeAskedForAgain() {
        // Given
        var order = order();
        var machine = launched(order);
        answer(account().launcher().terminate(machine));
        awaitEnd(order);
        // When
        var again = answer(account().launcher().terminate(machine));
        // Then
        assertThat(again).isEqualTo(TAKEN);
    }

    @Test
    void whatNeverWasIsEnded() {
        assertThat(answer(account().launcher().terminate(farSide().neverMade())))
                .isEqualTo(TAKEN);
    }

    @Test
    void anEndWithoutAnAnswerIsNotYetAndMayBeAskedForAgain() {
        // Given
        var order = order();
        var machine = launched(order);
        farSide().trouble(Call.TERMINATE, Trouble.ANSWER_LOST, 1);
        // When
        var lost = answer(account().launcher().terminate(machine));
        var again = answer(account().launcher().terminate(machine));
        // Then
        assertThat(lost).isInstanceOf(NotYet.class);
        assertThat(again).isEqualTo(TAKEN);
    }

    @Test
    void silenceToAnEndIsNotYetWithinTheTimeOut() {
        // Given
        farSide().trouble(Call.TERMINATE, Trouble.SILENCE, 1);
        // When
        var outcome =
                answerInSpiteOfSilence(account().launcher().terminate(farSide().neverMade()));
        // Then
        assertThat(outcome).isInstanceOf(NotYet.class);
    }

    @Test
    void aThrottledEndIsNotYet() {
        // Given
        farSide().trouble(Call.TERMINATE, Trouble.THROTTLED, 1);
        // When
        var outcome = answer(account().launcher().terminate(farSide().neverMade()));
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotYet.class, notYet -> assertThat(notYet.refusal()).isEqualTo(Refusal.THROTTLED));
    }

    /** As the launcher says that an unknown outcome is resolved. */
    private void resolve(LaunchOrder order) {
        if (account().launcher().resolution() == REPEAT_WITH_TOKEN) {
            LaunchOutcome repeated = launch(order);
            assertThat(repeated).isInstanceOf(Accepted.class);
        }
        seen(order, any -> true);
    }
}
