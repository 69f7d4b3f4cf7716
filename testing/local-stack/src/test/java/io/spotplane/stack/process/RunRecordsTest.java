package io.spotplane.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

    private static final ProcessHandle THIS_JVM = ProcessHandle.current();

    @TempDir
    Path directory;

    @Test
    void aRecordIsReadAsItWasWritten() {
        // Given
        var record = RunRecord.of("gateway", 8080, THIS_JVM);
        records().put(record);
        // Then
        assertThat(records().find("gateway")).contains(record);
        assertThat(records().alive()).containsExactly(record);
    }

    @Test
    void aProcessThatStartedAtAnotherTimeIsAnotherProcess() {
        var stranger = new RunRecord("gateway", THIS_JVM.pid(), Instant.EPOCH.plus(Duration.ofDays(1)), 8080);
        assertThat(stranger.isAlive()).isFalse();
    }

    @Test
    void aCorrectedClockDoesNotMakeAStranger() {
        // Given
        var started = THIS_JVM.info().startInstant().orElseThrow();
        var record = new RunRecord("gateway", THIS_JVM.pid(), started.plusMillis(1500), 8080);
        // Then
        assertThat(record.isAlive()).isTrue();
    }

    @Test
    void aRecordThatCannotBeReadIsNone() throws Exception {
        Files.writeString(directory.resolve("gateway.pid"), "half a li");
        assertThat(records().find("gateway")).isEmpty();
        assertThat(records().all()).isEmpty();
    }

    @Test
    void nothingIsRememberedWhereNothingWasStarted() {
        assertThat(new RunRecords(directory.resolve("absent")).all()).isEmpty();
    }

    @Test
    void whatWasForgottenIsGone() {
        records().put(RunRecord.of("gateway", 8080, THIS_JVM));
        records().remove("gateway");
        records().remove("gateway");
        assertThat(records().all()).isEmpty();
    }

    private RunRecords records() {
        return new RunRecords(directory);
    }
}
