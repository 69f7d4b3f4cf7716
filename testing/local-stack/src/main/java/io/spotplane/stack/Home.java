package io.spotplane.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory in which a stack lives; nothing is written outside it. Only its owner can look inside, because it has passwords
 * and logs.
 *
 * @param root absolute path
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** {@code SPOTPLANE_HOME}, else {@code .spotplane} in the checkout. */
    public static Home ofEnvironment(Checkout checkout) {
        var chosen = System.getenv("SPOTPLANE_HOME");
        return new Home(chosen == null || chosen.isBlank() ? checkout.root().resolve(".spotplane") : Path.of(chosen));
    }

    /** What survives everything. */
    public Path data() {
        return root.resolve("data");
    }

    /** One file per process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Who runs; empty when nothing does. */
    Path run() {
        return root.resolve("run");
    }

    /** Unpacked programs; can be deleted when nothing runs. */
    Path programs() {
        return root.resolve("programs");
    }

    void create() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(data());
        Files.createDirectories(run());
        Files.createDirectories(programs());
    }
}
