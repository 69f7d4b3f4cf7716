package io.spotplane.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys/issuer.jwk");
    }

    @Test
    void makesAKeyThatOnlyItsOwnerCanReadAndFindsItAgain() throws IOException {
        // When
        var first = new SigningKeyFile(file).key();
        var second = new SigningKeyFile(file).key();
        // Then
        assertThat(second).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        // Given
        new SigningKeyFile(file).key();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        // Then
        assertThatThrownBy(() -> new SigningKeyFile(file).key()).hasMessageContaining("0600");
    }

    @Test
    void saysWhatToDoAboutADamagedKey() throws IOException {
        // Given
        new SigningKeyFile(file).key();
        Files.writeString(file, "{");
        // Then
        assertThatThrownBy(() -> new SigningKeyFile(file).key()).hasMessageContaining("delete it");
    }
}
