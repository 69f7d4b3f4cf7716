package io.spotplane.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.stack.SleepingPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    private static final SleepingPart PART = SleepingPart.called("part");

    @TempDir
    Path directory;

    private Processes processes;

    @BeforeEach
    void create() {
        processes = new Processes(new RunRecords(directory.resolve("run")), directory);
    }

    @AfterEach
    void stop() {
        processes.stop(PART);
    }

    @Test
    void whatAPartSaysIsInItsLog() throws Exception {
        processes.start(new SleepingPart("part", "echo hello; echo trouble >&2; exec sleep 300", true));
        processes.find(PART).orElseThrow();
        assertThat(eventually(directory.resolve("part.log"))).contains("hello", "trouble");
    }

    @Test
    void eachStartHasALogOfItsOwnAndTheLastOneIsKept() throws Exception {
        // Given
        processes.start(new SleepingPart("part", "echo first; exec sleep 300", true));
        while (Files.size(directory.resolve("part.log")) == 0) {
            Thread.onSpinWait();
        }
        processes.stop(PART);
        // When
        processes.start(PART);
        // Then
        assertThat(directory.resolve("part.log")).isEmptyFile();
        assertThat(directory.resolve("part.log.previous")).hasContent("first");
    }

    @Test
    void stoppingWaitsUntilItHasEnded() throws Exception {
        // Given
        processes.start(PART);
        var process = processes.find(PART).orElseThrow();
        // When
        processes.stop(PART);
        // Then
        assertThat(process.onExit().get(1, TimeUnit.SECONDS).isAlive()).isFalse();
        assertThat(processes.records().all()).isEmpty();
    }

    @Test
    void aStrangerWithTheSameIdIsNotSignalled() {
        // Given
        var me = ProcessHandle.current();
        processes.records().put(new RunRecord("part", me.pid(), java.time.Instant.EPOCH, 1));
        // When
        processes.stop(PART);
        // Then
        assertThat(me.isAlive()).isTrue();
        assertThat(processes.records().all()).isEmpty();
    }

    @Test
    void killingTakesTheChildrenAlong() throws Exception {
        // Given
        processes.start(new SleepingPart("part", "sleep 300 & wait", true));
        var process = processes.find(PART).orElseThrow();
        while (process.children().findAny().isEmpty()) {
            Thread.onSpinWait();
        }
        var child = process.children().findFirst().orElseThrow();
        // When
        processes.kill(PART);
        // Then
        assertThat(Liveness.isRunning(process)).isFalse();
        assertThat(Liveness.isRunning(child)).isFalse();
        assertThat(processes.records().find("part")).isPresent();
    }

    @Test
    void afterStartingWasGivenUpNothingStarts() {
        processes.startNoMore();
        assertThatThrownBy(() -> processes.start(PART)).hasMessageContaining("starting was given up");
        assertThat(processes.records().all()).isEmpty();
    }

    @Test
    void aPartInheritsFewVariables() {
        // Given
        var command = new Command(java.util.List.of("x"), java.util.Map.of("SERVER_PORT", "1"));
        var shell = java.util.Map.of(
                "PATH", "/bin", "AWS_SECRET_ACCESS_KEY", "real", "SPRING_PROFILES_ACTIVE", "prod", "SPOTPLANE_X", "y");
        // Then
        assertThat(command.fullEnvironment(shell)).containsOnlyKeys("PATH", "SPOTPLANE_X", "SERVER_PORT");
    }

    @Test
    void aCommandDoesNotPrintItsSecrets() {
        var command = new Command(java.util.List.of("x"), java.util.Map.of("PASSWORD", "geheim"));
        assertThat(command.toString()).contains("PASSWORD").doesNotContain("geheim");
    }

    private static String eventually(Path log) throws Exception {
        while (Files.size(log) < "hello\ntrouble\n".length()) {
            Thread.onSpinWait();
        }
        return Files.readString(log);
    }
}
