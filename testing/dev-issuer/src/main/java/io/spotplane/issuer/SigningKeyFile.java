package io.spotplane.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/**
 * The signing key on disk, as a JSON Web Key. Made at the first start, so that no key is ever shipped, and kept, so that tokens
 * survive a restart.
 */
record SigningKeyFile(Path path) {

    private static final int BITS = 2048;
    private static final String OWNER_ONLY = "rw-------";

    RSAKey key() {
        try {
            return Files.exists(path) ? read() : create();
        } catch (IOException fault) {
            throw new UncheckedIOException("The signing key " + path + " can be neither read nor written", fault);
        }
    }

    private RSAKey read() throws IOException {
        if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).equals(OWNER_ONLY)) {
            throw new IllegalStateException("The signing key " + path + " can be read by others; expected mode 0600");
        }
        try {
            return RSAKey.parse(Files.readString(path));
        } catch (ParseException fault) {
            throw new IllegalStateException(
                    "The signing key " + path + " is damaged; delete it to make a new one", fault);
        }
    }

    /** Written aside and moved, so that a start that is cut short leaves no half a key. */
    private RSAKey create() throws IOException {
        var folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var draft = Files.createTempFile(
                folder,
                "key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        var key = generate();
        Files.writeString(draft, key.toJSONString());
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        return key;
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException fault) {
            throw new IllegalStateException("This Java cannot make RSA keys", fault);
        }
    }
}
