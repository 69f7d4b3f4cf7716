package io.spotplane.provisioning.reconcile;

import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.inDoubt;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.ready;
import static io.spotplane.provisioning.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.event.Interruption.Certainty;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.instance.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmationTest {

    private final Confirmation confirmation = new Confirmation(Rules.ACCOUNT, Rules.PLACEMENT);
    private final Instance ready = ready(2, offering("a", "0.80"));
    private final Instance doubtful = inDoubt(2, offering("a", "0.80"));
    private final Instance launching =
            doubtful.become(((Intended) doubtful.state()).accepted(new ProviderInstanceId("eu", "i-2"), NOW), NOW);

    @Test
    void whatIsListedAsRunningBootsAndWhatIsReachableIsReady() {
        assertThat(phase(launching, NOW, seen("i-2", State.RUNNING, false))).isEqualTo(InstancePhase.BOOTING);
        assertThat(phase(launching, NOW, seen("i-2", State.RUNNING, true))).isEqualTo(InstancePhase.READY);
        assertThat(phase(launching, NOW, seen("i-2", State.PENDING, false))).isEqualTo(InstancePhase.LAUNCHING);
    }

    @Test
    void anOrderInDoubtIsAdoptedByItsToken() {
        // When
        var found = look(doubtful, NOW, carrying(doubtful.order().token(), "i-9"));
        // Then
        assertThat(found.state().phase()).isEqualTo(InstancePhase.BOOTING);
        assertThat(found.machine()).contains(new ProviderInstanceId("eu", "i-9"));
        assertThat(found.milestones().orderedAt()).isEqualTo(NOW);
    }

    @Test
    void anOrderInDoubtIsGivenUpOnlyByTwoListsAfterItsCallIsOver() {
        // Given: the call may take 60 s, the window is 60 s
        var early = look(doubtful, NOW.plusSeconds(59));
        assertThat(early).isEqualTo(doubtful);
        // When
        var once = look(doubtful, NOW.plusSeconds(60));
        // Then
        assertThat(phase(once, NOW.plusSeconds(119))).isEqualTo(InstancePhase.INTENDED);
        assertThat(look(once, NOW.plusSeconds(120)).state().reason()).isEqualTo("NEVER_MADE");
    }

    @Test
    void whatWasAcceptedAndNeverSeenFailsAfterTheLaunchTimeoutAndIsEndedAllTheSame() {
        // Given
        var missing = launching;
        for (var second = 60; second < 300; second += 20) {
            missing = look(missing, NOW.plusSeconds(second));
        }
        assertThat(missing.state().phase()).isEqualTo(InstancePhase.LAUNCHING);
        // When
        var failed = look(missing, NOW.plusSeconds(300));
        // Then
        assertThat(failed.state().reason()).isEqualTo("PROVIDER_SILENT_FAILURE");
        assertThat(failed.farewell()).isPresent();
        assertThat(failed.open()).isTrue();
    }

    @Test
    void aMachineThatIsMissingIsLostOnlyByTwoListsTheWindowApart() {
        // Given
        var once = look(ready, NOW.plusSeconds(100));
        assertThat(once.state().phase()).isEqualTo(InstancePhase.READY);
        // When seen again in between, it starts anew
        var back = look(once, NOW.plusSeconds(130), seen("i-2", State.RUNNING, true));
        assertThat(phase(back, NOW.plusSeconds(160))).isEqualTo(InstancePhase.READY);
        // Then
        assertThat(look(once, NOW.plusSeconds(160)).state().reason()).isEqualTo("VANISHED");
    }

    @Test
    void aReclaimWithoutNoticeIsLostAtOnceObservedAndItsOfferingRests() {
        // When
        var decision = decide(ready, NOW.plusSeconds(5), reclaimed("i-2", State.ENDED));
        // Then
        var lost = decision.holding().instances().getFirst();
        assertThat(lost.state().reason()).isEqualTo("RECLAIMED");
        assertThat(lost.open()).isFalse();
        assertThat(lost.notice().certainty()).isEqualTo(Certainty.OBSERVED);
        assertThat(decision.coolDowns()).hasSize(1);
    }

    @Test
    void theStoppedShellOfAReclaimStaysOpenUntilListsProveItGone() {
        // Given
        var shell = look(ready, NOW.plusSeconds(5), reclaimed("i-2", State.STOPPED));
        assertThat(shell.state().phase()).isEqualTo(InstancePhase.LOST);
        assertThat(shell.open()).isTrue();
        // When
        var once = look(shell, NOW.plusSeconds(100));
        // Then
        assertThat(once.open()).isTrue();
        assertThat(look(once, NOW.plusSeconds(160)).open()).isFalse();
    }

    @Test
    void anEndIsProvedByTwoListsThatLackTheMachineOrShowItEnded() {
        // Given
        var ending = ready.become(((Ready) ready.state()).terminate(Reason.REQUEST_DELETED, "", NOW), NOW);
        // When
        var once = look(ending, NOW.plusSeconds(100), seen("i-2", State.ENDED, false));
        // Then
        assertThat(once.state().phase()).isEqualTo(InstancePhase.TERMINATING);
        assertThat(phase(once, NOW.plusSeconds(159))).isEqualTo(InstancePhase.TERMINATING);
        assertThat(phase(once, NOW.plusSeconds(160))).isEqualTo(InstancePhase.TERMINATED);
        assertThat(phase(once, NOW.plusSeconds(160), seen("i-2", State.RUNNING, true)))
                .isEqualTo(InstancePhase.TERMINATING);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "ENDING"})
    void wordsThatSayNothingChangeNothing(State state) {
        assertThat(look(ready, NOW.plusSeconds(5), seen("i-2", state, false))).isEqualTo(ready);
    }

    @Test
    void whatDoesNotBecomeReachableIsEndedAndReplaced() {
        // Given
        var booting = look(launching, NOW, seen("i-2", State.RUNNING, false));
        // Then
        assertThat(look(booting, NOW.plusSeconds(900), seen("i-2", State.RUNNING, false))
                        .state()
                        .reason())
                .isEqualTo("BOOT_TIMEOUT");
        assertThat(look(launching, NOW.plusSeconds(300), seen("i-2", State.PENDING, false))
                        .state()
                        .reason())
                .isEqualTo("LAUNCH_TIMEOUT");
    }

    private InstancePhase phase(Instance instance, Instant asOf, ObservedInstance... listed) {
        return look(instance, asOf, listed).state().phase();
    }

    private Instance look(Instance instance, Instant asOf, ObservedInstance... listed) {
        return decide(instance, asOf, listed).holding().instances().getFirst();
    }

    private Decision decide(Instance instance, Instant asOf, ObservedInstance... listed) {
        var sighting = Sighting.of("aws", new InstanceListing(List.of(listed), asOf), Rules.WINDOW);
        return confirmation.decide(sighting).on(holding(wanted(1, null, null)).adding(instance), asOf);
    }

    private static ObservedInstance seen(String id, State state, boolean reachable) {
        return new ObservedInstance(
                new ProviderInstanceId("eu", id), null, state, reachable, null, false, state.name(), null, null);
    }

    private static ObservedInstance reclaimed(String id, State state) {
        return new ObservedInstance(
                new ProviderInstanceId("eu", id), null, state, false, null, true, state.name(), null, null);
    }

    private static ObservedInstance carrying(LaunchToken token, String id) {
        return new ObservedInstance(
                new ProviderInstanceId("eu", id), token, State.RUNNING, false, null, false, "", null, null);
    }
}
