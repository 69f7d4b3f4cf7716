package io.spotplane.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source tree from whose build the services are started.
 *
 * @param root the folder with {@code mvnw}
 */
public record Checkout(Path root) {

    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /** The system property {@code spotplane.checkout}, else the nearest folder above the working directory that has {@code mvnw}. */
    public static Checkout find() {
        var given = System.getProperty("spotplane.checkout");
        return new Checkout(given == null ? above(Path.of("").toAbsolutePath()) : Path.of(given));
    }

    /**
     * The runnable jar of a module.
     *
     * @param module folder below the root
     * @throws Refusal if it is not built
     */
    Path runnableJar(String module) throws IOException {
        var target = root.resolve(module).resolve("target");
        if (Files.isDirectory(target)) {
            try (var jars = Files.newDirectoryStream(target, "*-exec.jar")) {
                for (var jar : jars) {
                    return jar;
                }
            }
        }
        throw new Refusal(
                Refusal.SOFTWARE,
                module + " is not built",
                "there is no " + target + "/*-exec.jar",
                "./spotplane build");
    }

    private static Path above(Path directory) {
        if (Files.exists(directory.resolve("mvnw"))) {
            return directory;
        }
        var parent = directory.getParent();
        if (parent == null) {
            throw new IllegalStateException("not inside a Spotplane checkout: no mvnw here or above");
        }
        return above(parent);
    }
}
