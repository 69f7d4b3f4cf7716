package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./spotplane up} says when it cannot, as a process of its own against the stack that runs. A missing JDK is the script's business. */
@ExtendWith(OneStack.class)
class UpRefusalsE2E {

    @TempDir
    Path elsewhere;

    @Test
    void aStackThatIsUpIsNotStartedAgain(RunningStack stack) throws Exception {
        // When
        var refusal = up(stack.home(), stack.ports().base());
        // Then
        assertThat(refusal.status()).isEqualTo(69);
        assertThat(refusal.output())
                .contains("The stack is up already, on port " + stack.ports().base(), "./spotplane status");
        assertThat(stack.processes().isUp()).isTrue();
    }

    @Test
    void aHalfDeadRunIsNamedWithItsProcesses(RunningStack stack) throws Exception {
        // Given
        stack.processes().kill("notification-service");
        try {
            // When
            var refusal = up(stack.home(), stack.ports().base());
            // Then
            assertThat(refusal.status()).isEqualTo(69);
            assertThat(refusal.output())
                    .contains(
                            "An earlier run is half dead",
                            "gateway (pid ",
                            "notification-service do not",
                            "./spotplane down");
        } finally {
            stack.processes().start("notification-service");
        }
    }

    @Test
    void takenPortsAreNamedWithWhoWantsThem(RunningStack stack) throws Exception {
        // When
        var refusal = up(elsewhere, stack.ports().base());
        // Then
        assertThat(refusal.status()).isEqualTo(69);
        assertThat(refusal.output())
                .contains(
                        "Ports are taken: " + stack.ports().base() + " (gateway)",
                        stack.ports().postgres() + " (postgres)",
                        "./spotplane up --port ");
    }

    private record Refusal(int status, String output) {}

    private static Refusal up(Path home, int port) throws Exception {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.spotplane.stack.SpotplaneCommand",
                "up",
                "--port",
                String.valueOf(port)));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).directory(new File("."));
        builder.environment().put("SPOTPLANE_HOME", home.toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        return new Refusal(process.waitFor(), output);
    }
}
