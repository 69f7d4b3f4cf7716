package io.spotplane.stack.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractedJarTest {

    @TempDir
    Path directory;

    @Test
    void aChangeThatKeepsTimeAndSizeIsSeen() throws Exception {
        // Given
        var before = ExtractedJar.contents(jarWith("one"));
        // When
        var after = ExtractedJar.contents(jarWith("two"));
        // Then
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void aRebuildOfTheSameClassesIsNone() throws Exception {
        assertThat(ExtractedJar.contents(jarWith("one"))).isEqualTo(ExtractedJar.contents(jarWith("one")));
    }

    private Path jarWith(String content) throws IOException {
        var jar = directory.resolve("service-exec.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("Service.class"));
            zip.write(content.getBytes());
        }
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        return jar;
    }
}
