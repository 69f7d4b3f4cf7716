package io.spotplane.provisioning.instance;

import static io.spotplane.provisioning.Samples.MACHINE;
import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.id;
import static io.spotplane.provisioning.Samples.intended;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.provisioning.document.Documents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class InstanceStateTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Intended INTENDED = Intended.at(NOW);
    private static final Intended SENT = INTENDED.sending(NOW, Duration.ofSeconds(10));
    private static final Launching LAUNCHING = SENT.accepted(MACHINE, NOW);
    private static final Ready READY = LAUNCHING.seenRunning(NOW).reachable(NOW);

    @Test
    void anOrderThatWentOutCannotBeWithdrawn() {
        assertThatThrownBy(() -> SENT.withdrawn(Reason.REQUEST_DELETED, "gone"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in doubt since");
    }

    @Test
    void whatWasNeverSentCannotBeProvedUnmade() {
        assertThatThrownBy(() -> INTENDED.neverMade("lists")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendingAgainKeepsTheFirstMomentAndForgetsWhatListsLacked() {
        // Given
        var lacked = SENT.with(Absence.NONE.lackedAt(NOW.plusSeconds(30), WINDOW));
        // When
        var again = lacked.sending(NOW.plusSeconds(40), Duration.ofSeconds(10));
        // Then
        assertThat(again.doubt()).isEqualTo(new Doubt(NOW, NOW.plusSeconds(40), Absence.NONE));
    }

    @Test
    void oneListIsNoProofAndTwoTheWindowApartAre() {
        // Given
        var absence = Absence.NONE.lackedAt(NOW, WINDOW);
        // Then
        assertThat(absence.provedBy(NOW, WINDOW)).isFalse();
        assertThat(absence.provedBy(NOW.plusSeconds(59), WINDOW)).isFalse();
        assertThat(absence.provedBy(NOW.plusSeconds(60), WINDOW)).isTrue();
    }

    @Test
    void twoListsAroundAnOutageProveNothing() {
        // Given
        var absence = Absence.NONE.lackedAt(NOW, WINDOW);
        // When
        var afterOutage = NOW.plusSeconds(300);
        // Then
        assertThat(absence.provedBy(afterOutage, WINDOW)).isFalse();
        assertThat(absence.lackedAt(afterOutage, WINDOW).since()).isEqualTo(afterOutage);
    }

    @Test
    void aMachineCostsFromItsOrderUntilItsEndIsProved() {
        // Given
        var running = ready(2, offering("a", "1.20"));
        // When
        var ended =
                running.become(READY.terminate(Reason.REQUEST_DELETED, "", NOW).provedGone(), NOW.plusSeconds(1800));
        // Then
        assertThat(running.cost(NOW.plusSeconds(600))).isEqualByComparingTo(Money.usd("0.20"));
        assertThat(ended.cost(NOW.plusSeconds(9_999))).isEqualByComparingTo(Money.usd("0.60"));
    }

    @Test
    void whatNeverCameToBeCostsNothingAndWhatIsInDoubtIsReckonedWith() {
        // Given
        var instance = intended(2, offering("a", "1.20"));
        var sent = instance.become(SENT, NOW);
        // Then
        assertThat(sent.cost(NOW.plusSeconds(600))).isEqualByComparingTo(Money.usd("0"));
        assertThat(sent.exposure(NOW.plusSeconds(600))).isEqualByComparingTo(Money.usd("0.20"));
        assertThat(sent.become(SENT.neverMade("lists"), NOW).exposure(NOW.plusSeconds(600)))
                .isEqualByComparingTo(Money.usd("0"));
    }

    @Test
    void aClosedInstanceStaysOpenAsLongAsSomethingRemains() {
        // Given
        var instance = ready(2, offering("a", "1.20"));
        // When
        var shell = instance.become(READY.lost("RECLAIMED", "", Remains.of(MACHINE, NOW)), NOW);
        var gone = instance.become(READY.lost("RECLAIMED", "", Remains.NOTHING), NOW);
        // Then
        assertThat(shell.open()).isTrue();
        assertThat(shell.farewell()).isPresent();
        assertThat(gone.open()).isFalse();
    }

    @Test
    void theTokenOfAnInstanceIsAlwaysTheSame() {
        assertThat(LaunchTokens.of(id(7))).isEqualTo(LaunchTokens.of(id(7))).isNotEqualTo(LaunchTokens.of(id(8)));
    }

    static List<InstanceState> everyState() {
        var terminating = READY.terminate(Reason.BOOT_TIMEOUT, "late", NOW);
        return List.of(
                INTENDED,
                SENT.unanswered(NOW, "why"),
                LAUNCHING.seenPending(),
                LAUNCHING.seenRunning(NOW),
                READY,
                READY.drain(Reason.INTERRUPTED, "notice", NOW),
                terminating.with(terminating.farewell().asked(true, NOW)),
                terminating.provedGone(),
                LAUNCHING.neverSeen("silence", NOW),
                READY.lost("VANISHED", "gone", Remains.NOTHING));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void everyStateSurvivesBeingWrittenDown(InstanceState state) {
        // Given
        var instance = intended(2, offering("a", "1.20")).become(state, NOW);
        var json = JsonMapper.builder().build();
        // When
        var document = new Documents().of(instance).asString();
        // Then
        assertThat(json.readValue(document, Instance.class)).isEqualTo(instance);
        assertThat(json.readTree(document).at("/state/phase").asString())
                .isEqualTo(state.phase().name());
    }
}
