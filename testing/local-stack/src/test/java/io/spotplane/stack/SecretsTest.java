package io.spotplane.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    @Test
    void aSecretStaysTheSameForAsLongAsItsFile() throws Exception {
        // Given
        var first = secrets().of("redis");
        // Then
        assertThat(secrets().of("redis")).isEqualTo(first).hasSize(40);
    }

    @Test
    void noTwoAreEqual() throws Exception {
        assertThat(secrets().of("redis")).isNotEqualTo(secrets().of("postgres"));
    }

    @Test
    void whoeverAsksFirstDecides() throws Exception {
        // Given
        var one = secrets();
        var other = secrets();
        // Then
        assertThat(one.of("redis")).isEqualTo(other.of("redis"));
        assertThat(other.of("kafka")).isEqualTo(one.of("kafka"));
    }

    @Test
    void onlyTheOwnerCanReadThem() throws Exception {
        secrets().of("redis");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    private Secrets secrets() {
        return Secrets.in(file());
    }

    private Path file() {
        return directory.resolve("secrets.properties");
    }
}
