package io.spotplane.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {

    private static final Ports PORTS = FreePorts.row();

    @TempDir
    Path directory;

    @AfterEach
    void stopEverything() throws Exception {
        stack(SleepingPart.called("gateway"), SleepingPart.called("redis"), SleepingPart.called("dying"))
                .down(Progress.SILENT);
    }

    @Test
    void whatOneCommandStartedAnotherFindsAndStops() throws Exception {
        // Given
        twoParts().up(Progress.SILENT);
        var another = twoParts();
        // When
        assertThat(another.isUp()).isTrue();
        another.down(Progress.SILENT);
        // Then
        assertThat(another.isUp()).isFalse();
        assertThat(another.status()).extracting(PartStatus::health).containsOnly(PartStatus.Health.STOPPED);
    }

    @Test
    void goingDownTwiceIsGoingDownOnce() throws Exception {
        // Given
        twoParts().up(Progress.SILENT);
        twoParts().down(Progress.SILENT);
        // When
        twoParts().down(Progress.SILENT);
        // Then
        assertThat(twoParts().isUp()).isFalse();
    }

    @Test
    void goingDownBeforeTheFirstStartIsNothing() throws Exception {
        twoParts().down(Progress.SILENT);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSecondStartIsRefusedAndTheFirstGoesOn() throws Exception {
        // Given
        twoParts().up(Progress.SILENT);
        // Then
        assertThatThrownBy(() -> twoParts().up(Progress.SILENT))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The stack is up already, on port " + PORTS.base());
        assertThat(twoParts().isUp()).isTrue();
    }

    @Test
    void aHalfDeadRunIsNamedWithWhatToDo() throws Exception {
        // Given
        var stack = twoParts();
        stack.up(Progress.SILENT);
        stack.kill("gateway");
        var redis = stack.pid("redis").orElseThrow();
        // Then
        assertThatThrownBy(() -> twoParts().up(Progress.SILENT))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "An earlier run is half dead: redis (pid " + redis + ") still run, gateway do not")
                .hasMessageContaining("./spotplane down");
    }

    @Test
    void afterEverythingWasKilledItStartsAgain() throws Exception {
        // Given
        var stack = twoParts();
        stack.up(Progress.SILENT);
        stack.killAll();
        // When
        stack.up(Progress.SILENT);
        // Then
        assertThat(stack.isUp()).isTrue();
    }

    @Test
    void aKilledPartIsDeadUntilItIsStartedAgain() throws Exception {
        // Given
        var stack = twoParts();
        stack.up(Progress.SILENT);
        var before = stack.pid("gateway").orElseThrow();
        // When
        stack.kill("gateway");
        var dead = health(stack, "gateway");
        stack.start("gateway");
        // Then
        assertThat(dead).isEqualTo(PartStatus.Health.DEAD);
        assertThat(health(stack, "gateway")).isEqualTo(PartStatus.Health.READY);
        assertThat(stack.pid("gateway").orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void whenOnePartDoesNotStartNoneIsLeft() throws Exception {
        // Given
        var stack = stack(SleepingPart.called("redis"), SleepingPart.dying("dying", "no space left"));
        // Then
        assertThatThrownBy(() -> stack.up(Progress.SILENT))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("dying did not start: it ended by itself")
                .hasMessageContaining("no space left");
        assertThat(stack.pid("redis")).isEmpty();
    }

    @Test
    void aPartThatIsNeverReadyIsGivenUp() {
        var stack = stack(SleepingPart.neverReady("gateway"));
        assertThatThrownBy(() -> stack.up(Progress.SILENT)).hasMessageContaining("it was not ready within 2 s");
        assertThat(stack.pid("gateway")).isEmpty();
    }

    @Test
    void aTakenPortIsRefusedBeforeAnythingStarts() throws Exception {
        // Given
        try (var taken = new ServerSocket(PORTS.redis(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            // Then
            assertThatThrownBy(() -> twoParts().up(Progress.SILENT))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("Ports are taken: " + PORTS.redis() + " (redis)")
                    .hasMessageContaining("./spotplane up --port " + (PORTS.base() + 1000));
        }
        assertThat(twoParts().status()).extracting(PartStatus::health).containsOnly(PartStatus.Health.STOPPED);
    }

    @Test
    void programsAreNotReplacedWhileTheyRun() throws Exception {
        // Given
        twoParts().up(Progress.SILENT);
        // Then
        assertThat(twoParts().unpack()).isFalse();
        twoParts().down(Progress.SILENT);
        assertThat(twoParts().unpack()).isTrue();
    }

    @Test
    void allProgramsAreLaidOutBeforeTheFirstPartStarts() throws Exception {
        // Given
        var deeds = new CopyOnWriteArrayList<String>();
        // When
        stack(new RecordingPart("redis", deeds), new RecordingPart("gateway", deeds))
                .up(Progress.SILENT);
        // Then
        assertThat(deeds.subList(0, 2)).containsExactly("unpack redis", "unpack gateway");
        assertThat(deeds.subList(2, 4)).containsExactlyInAnyOrder("command redis", "command gateway");
    }

    @Test
    void twoStartsAtTheSameTimeTakeTurns() throws Exception {
        // Given
        new Home(directory).create();
        try (var turn = Turn.in(new Home(directory))) {
            assertThat(turn.channel().isOpen()).isTrue();
            // Then
            assertThatThrownBy(() -> twoParts().up(Progress.SILENT))
                    .hasMessageStartingWith("Another command is starting or stopping this stack");
        }
    }

    @Test
    void nobodyElseCanLookIntoTheHome() throws Exception {
        twoParts().up(Progress.SILENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    /** Remembers what it was asked for. */
    private record RecordingPart(String name, List<String> deeds) implements Part {

        @Override
        public int port() {
            return 1;
        }

        @Override
        public void unpack() {
            deeds.add("unpack " + name);
        }

        @Override
        public Command command() {
            deeds.add("command " + name);
            return SleepingPart.called(name).command();
        }

        @Override
        public boolean isReady() {
            return true;
        }
    }

    private static PartStatus.Health health(LocalStack stack, String name) {
        return stack.status().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .health();
    }

    private LocalStack twoParts() {
        return stack(SleepingPart.called("redis"), SleepingPart.called("gateway"));
    }

    private LocalStack stack(Part... parts) {
        try {
            var home = new Home(directory);
            return new LocalStack(home, PORTS, LocalStack.secrets(home), List.of(List.of(parts)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
