package io.spotplane.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./spotplane} in a checkout that has nothing else. */
class ScriptTest {

    @TempDir
    Path directory;

    @BeforeEach
    void copyTheScript() throws IOException {
        var script = Checkout.find().root().resolve("spotplane");
        Files.copy(script, directory.resolve("spotplane"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void withoutAJdkItSaysSoInOneLineAndExits78() throws Exception {
        var run = run(Map.of("SPOTPLANE_JDKS", directory + "/none/*"), "up");
        assertThat(run.output())
                .startsWith("spotplane: no JDK 25 or newer found")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(78);
    }

    @Test
    void anOlderJdkIsNotEnough() throws Exception {
        // Given
        jdk("jdk-17", "17.0.12");
        // When
        var run = run(Map.of("SPOTPLANE_JDKS", directory + "/jdk-*", "JAVA_HOME", directory + "/jdk-17"), "build");
        // Then
        assertThat(run.status()).isEqualTo(78);
    }

    @Test
    void aNewJdkIsFoundAmongOlderOnes() throws Exception {
        // Given
        jdk("jdk-17", "17.0.12");
        jdk("jdk-25", "25.0.1");
        mvnw("echo \"built with $JAVA_HOME\"");
        // When
        var run = run(Map.of("SPOTPLANE_JDKS", directory + "/jdk-*"), "test");
        // Then
        assertThat(run.output()).contains("built with " + directory + "/jdk-25");
        assertThat(run.status()).isZero();
    }

    @Test
    void aFailedBuildShowsItsLastLinesAndExits70() throws Exception {
        // Given
        jdk("jdk-25", "25.0.1");
        mvnw("echo '[ERROR] cannot find symbol'; exit 1");
        // When
        var run = run(Map.of("SPOTPLANE_JDKS", directory + "/jdk-*"), "build");
        // Then
        assertThat(run.output()).contains("the build failed", "cannot find symbol");
        assertThat(run.status()).isEqualTo(70);
    }

    @Test
    void aBuildShowsOneLinePerModule() throws Exception {
        // Given
        jdk("jdk-25", "25.0.1");
        mvnw("echo '[INFO] Building Spotplane :: gateway 0.1.0-SNAPSHOT          [3/9]'; echo '[INFO] noise'");
        // When
        var run = run(Map.of("SPOTPLANE_JDKS", directory + "/jdk-*"), "build");
        // Then
        assertThat(run.output()).contains("3/9  gateway").doesNotContain("noise");
        assertThat(run.status()).isZero();
    }

    @Test
    void beforeTheFirstBuildNothingRuns() throws Exception {
        var run = run(Map.of(), "status");
        assertThat(run.output()).contains("begin with ./spotplane up");
        assertThat(run.status()).isEqualTo(69);
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheKnownOnes() throws Exception {
        var run = run(Map.of(), "upp");
        assertThat(run.output()).contains("there is no command 'upp'", "demo", "status");
        assertThat(run.status()).isEqualTo(64);
    }

    @Test
    void aLogThatDoesNotExistIsAnsweredWithThoseThatDo() throws Exception {
        // Given
        Files.createDirectories(directory.resolve(".spotplane/logs"));
        Files.writeString(directory.resolve(".spotplane/logs/gateway.log"), "hello\n");
        // Then
        assertThat(run(Map.of(), "logs", "gatewai").output()).contains("no log of 'gatewai'", "gateway.log");
        assertThat(run(Map.of(), "logs", "gateway").output()).isEqualTo("hello\n");
    }

    private void jdk(String name, String version) throws IOException {
        var home =
                Files.createDirectories(directory.resolve(name).resolve("bin")).getParent();
        executable(home.resolve("bin/javac"), "exit 0");
        executable(home.resolve("bin/java"), "exit 0");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private void mvnw(String script) throws IOException {
        executable(directory.resolve("mvnw"), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Run(int status, String output) {}

    /** With coreutils and bash on the path and no {@code javac}. */
    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(directory.resolve("spotplane").toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", toolsWithoutJava().toString(), "HOME", directory.toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), output);
    }

    private Path toolsWithoutJava() throws IOException {
        var tools = Files.createDirectories(directory.resolve("tools"));
        for (var tool :
                List.of("bash", "env", "cat", "dirname", "readlink", "touch", "mv", "mkdir", "chmod", "tail", "tee")) {
            var link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
            }
        }
        return tools;
    }
}
