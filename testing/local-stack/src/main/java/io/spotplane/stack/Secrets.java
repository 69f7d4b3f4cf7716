package io.spotplane.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * Passwords and keys of one stack: generated when first needed, kept beside the data in a file that only its owner can read. There
 * is no default for any of them. Several commands may ask at the same time and get the same answer.
 */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Object THIS_JVM = new Object();

    private final Path file;

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets in(Path file) {
        return new Secrets(file);
    }

    /** The secret of that name, 40 hexadecimal digits (what a NetBox token looks like); the same for as long as the data live. */
    String of(String name) throws IOException {
        var secret = load().getProperty(name);
        return secret == null ? create(name) : secret;
    }

    /** A file lock keeps other JVMs away, the monitor other threads: the system gives a file lock to a JVM as a whole. */
    private String create(String name) throws IOException {
        Files.createDirectories(file.getParent());
        synchronized (THIS_JVM) {
            try (var channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                var known = load();
                known.putIfAbsent(name, random());
                store(known);
                return known.getProperty(name);
            }
        }
    }

    private Properties load() throws IOException {
        var known = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                known.load(reader);
            }
        }
        return known;
    }

    private void store(Properties known) throws IOException {
        var partial = Files.createTempFile(
                file.getParent(),
                "secrets",
                ".partial",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var writer = Files.newBufferedWriter(partial)) {
            known.store(writer, "Generated; belongs to the data beside it.");
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path lockFile() {
        return file.resolveSibling("secrets.lock");
    }

    private static String random() {
        var bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
