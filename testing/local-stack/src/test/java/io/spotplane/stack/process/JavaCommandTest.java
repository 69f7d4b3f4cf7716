package io.spotplane.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

    @TempDir
    Path directory;

    private JavaCommand java;

    @BeforeEach
    void create() {
        java = JavaCommand.ofThisJvm(directory);
    }

    @Test
    void withoutAnArchiveItStartsAsUsual() {
        assertThat(gateway(java)).noneMatch(word -> word.contains("Archive"));
    }

    @Test
    void anArchiveThatExistsIsUsed() throws Exception {
        // Given
        Files.createFile(directory.resolve("gateway.jsa"));
        // Then
        assertThat(gateway(java)).contains("-XX:SharedArchiveFile=" + directory.resolve("gateway.jsa"));
    }

    @Test
    void aRehearsalWritesOne() throws Exception {
        // Given
        Files.createFile(directory.resolve("gateway.jsa"));
        // Then
        assertThat(gateway(java.rehearsing()))
                .contains("-XX:ArchiveClassesAtExit=" + directory.resolve("gateway.jsa"))
                .noneMatch(word -> word.contains("SharedArchiveFile"));
    }

    @Test
    void aForgottenArchiveIsGone() throws Exception {
        // Given
        Files.createFile(directory.resolve("gateway.jsa"));
        // When
        java.forgetArchive("gateway");
        // Then
        assertThat(gateway(java)).noneMatch(word -> word.contains("Archive"));
    }

    @Test
    void settingsAreNotOnTheCommandLine() {
        var command = java.jar(Path.of("gateway.jar"), "gateway", Map.of("PASSWORD", "geheim"));
        assertThat(command.words()).noneMatch(word -> word.contains("geheim"));
        assertThat(command.environment()).containsEntry("PASSWORD", "geheim");
    }

    private static List<String> gateway(JavaCommand java) {
        return java.jar(Path.of("gateway.jar"), "gateway", Map.of()).words();
    }
}
