package io.spotplane.provisioning.holding;

import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.intended;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.ready;
import static io.spotplane.provisioning.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.Interruption.Certainty;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.outbox.NewEvent;
import io.spotplane.provisioning.holding.Condition.Status;
import io.spotplane.provisioning.holding.Condition.Type;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Notice;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.instance.Reason;
import org.junit.jupiter.api.Test;

class PageTest {

    private final Holding fresh = holding(wanted(1, null, null));
    private final Instance ready = ready(2, offering("a", "0.80"));

    @Test
    void aNewRequestIsPendingAndAccepted() {
        assertThat(fresh.request().standing().phase()).isEqualTo(RequestPhase.PENDING);
        assertThat(Page.opening(fresh.request(), NOW).events())
                .extracting(NewEvent::type)
                .containsExactly(EventType.REQUEST_ACCEPTED);
    }

    @Test
    void anIntentIsAnnouncedWithTheRequestPlaced() {
        // When
        var page = turn(fresh, fresh.adding(intended(2, offering("a", "0.80"))));
        // Then
        assertThat(page.events())
                .extracting(NewEvent::type)
                .containsExactly(EventType.INSTANCE_TRANSITIONED, EventType.REQUEST_PLACED);
        assertThat(page.after().request().standing().phase()).isEqualTo(RequestPhase.LAUNCHING);
        assertThat(page.after().request().version()).isEqualTo(2);
    }

    @Test
    void theLastReadyInstanceSettlesTheRequest() {
        // Given
        var placed =
                turn(fresh, fresh.adding(intended(2, offering("a", "0.80")))).after();
        // When
        var page = turn(placed, placed.with(ready));
        // Then
        assertThat(page.events()).extracting(NewEvent::type).contains(EventType.REQUEST_SETTLED);
        assertThat(page.after().request().standing().phase()).isEqualTo(RequestPhase.READY);
        assertThat(condition(page, Type.Ready)).isEqualTo(Status.True);
    }

    @Test
    void aNoticeDisturbsTheRequestAndCarriesItsDeadline() {
        // Given
        var settled = turn(fresh, fresh.adding(ready)).after();
        var deadline = NOW.plusSeconds(120);
        var draining = ready.become(((Ready) ready.state()).drain(Reason.INTERRUPTED, "notice", deadline), NOW)
                .noticed(new Notice(Certainty.ANNOUNCED, "event", NOW, NOW, deadline));
        // When
        var page = turn(settled, settled.with(draining));
        // Then
        assertThat(page.events())
                .extracting(NewEvent::type)
                .containsExactly(
                        EventType.INSTANCE_TRANSITIONED, EventType.INTERRUPTION_NOTICED, EventType.REQUEST_DISTURBED);
        assertThat(page.events().get(1).expires()).isEqualTo(deadline);
    }

    @Test
    void aDeletedRequestIsTerminatedOnlyWhenNothingIsLeft() {
        // Given
        var settled = turn(fresh, fresh.adding(ready)).after();
        var deleted = turn(settled, settled.with(settled.request().end(Ending.Cause.DELETED, NOW)));
        assertThat(deleted.events()).extracting(NewEvent::type).containsExactly(EventType.REQUEST_DELETED);
        assertThat(deleted.after().request().closed()).isFalse();
        // When
        var gone = ready.become(
                ((Ready) ready.state())
                        .terminate(Reason.REQUEST_DELETED, "", NOW)
                        .provedGone(),
                NOW);
        var page = turn(deleted.after(), deleted.after().with(gone));
        // Then
        assertThat(page.events()).extracting(NewEvent::type).contains(EventType.REQUEST_TERMINATED);
        assertThat(page.after().request().closed()).isTrue();
        assertThat(condition(page, Type.Deleted)).isEqualTo(Status.True);
    }

    @Test
    void aSpentBudgetEndsInFailure() {
        var page = turn(fresh, fresh.with(fresh.request().end(Ending.Cause.BUDGET_EXHAUSTED, NOW)));
        assertThat(page.events()).extracting(NewEvent::type).containsExactly(EventType.REQUEST_FAILED);
        assertThat(condition(page, Type.WithinBudget)).isEqualTo(Status.False);
    }

    @Test
    void aDecisionThatChangesNothingWritesNothing() {
        var settled = turn(fresh, fresh.adding(ready)).after();
        assertThat(turn(settled, settled).blank()).isTrue();
    }

    @Test
    void aConditionRemembersWhenItsStatusChanged() {
        // Given
        var settled = turn(fresh, fresh.adding(ready)).after();
        // When
        var later = Page.of(
                settled,
                Decision.of(settled.with(settled.instances().getFirst().seenAt("10.0.0.1", null))),
                NOW.plusSeconds(60));
        // Then
        assertThat(later.after().request().standing().conditions())
                .allSatisfy(
                        condition -> assertThat(condition.lastTransitionTime()).isEqualTo(NOW));
    }

    private static Page turn(Holding before, Holding after) {
        return Page.of(before, Decision.of(after), NOW);
    }

    private static Status condition(Page page, Type type) {
        return page.after().request().standing().conditions().stream()
                .filter(condition -> condition.type() == type)
                .findFirst()
                .orElseThrow()
                .status();
    }
}
