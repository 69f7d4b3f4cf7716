package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.MarketSide.Call;
import io.spotplane.providers.contract.MarketSide.Trouble;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.ObservedInstance.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of {@link InterruptionFeed}. */
public abstract class InterruptionFeedContract extends BuyingContract {

    /** A feed of the opened account. */
    protected abstract InterruptionFeed feed();

    @Test
    void saysNothingWhileNothingIsTakenBack() {
        // Given
        launched(order());
        // When
        var notices = notices(owner());
        // Then
        assertThat(notices).isEmpty();
    }

    @Test
    void aNoticeNamesItsMachineAndItsDeadlineAndIsTheSameWhenItComesAgain() {
        // Given
        var order = order();
        var machine = launched(order);
        seen(order, it -> it.state() == State.RUNNING);
        farSide().reclaim(machine, true);
        // When
        var notice = await().atMost(Duration.ofSeconds(20))
                .until(() -> notices(owner()), found -> !found.isEmpty())
                .getFirst();
        // Then
        assertThat(notice.instance()).isEqualTo(machine);
        assertThat(notice.noticedAt()).isNotNull().isBefore(notice.deadline());
        assertThat(notices(owner())).extracting(InterruptionSignal::signalId).containsExactly(notice.signalId());
    }

    @Test
    void anotherOwnersNoticeIsNotOurs() {
        // Given
        var order = order();
        var machine = launched(order);
        seen(order, it -> it.state() == State.RUNNING);
        farSide().reclaim(machine, true);
        await().atMost(Duration.ofSeconds(20)).until(() -> !notices(owner()).isEmpty());
        // When
        var notices = notices("someone-else");
        // Then
        assertThat(notices).isEmpty();
    }

    @Test
    void aFailedQuestionIsAFault() {
        // Given
        farSide().trouble(Call.NOTICES, Trouble.FAILURE, 1);
        // When
        var fault = faultOf(feed().poll(owner()));
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void aWebPageIsNotGoodNews() {
        // Given
        farSide().trouble(Call.NOTICES, Trouble.WEB_PAGE, 1);
        // When
        var fault = faultOf(feed().poll(owner()));
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    private List<InterruptionSignal> notices(String owner) {
        return answer(feed().poll(owner));
    }
}
