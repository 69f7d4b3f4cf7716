package io.spotplane.simulator.ledger;

import io.spotplane.simulator.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where clouds write down what they own before they answer, so that a simulator that was killed and started again has the same machines:
 * a real provider does not forget them either. Without a directory nothing is written.
 *
 * @param directory of one file per cloud
 */
public record Books(@Nullable Path directory) {

    /** Forgets with the process. */
    public static final Books NONE = new Books(null);

    /** What a cloud wrote last. */
    public <T> Optional<T> read(String cloud, Class<T> type) {
        if (directory == null || !Files.exists(file(directory, cloud))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readString(file(directory, cloud)), type));
        } catch (IOException e) {
            throw new UncheckedIOException("the books of " + cloud + " cannot be read", e);
        }
    }

    /** Replaces what a cloud wrote, at once or not at all. */
    public void write(String cloud, Object state) {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            var partial = directory.resolve(cloud + ".partial");
            Files.writeString(partial, Json.write(state));
            Files.move(partial, file(directory, cloud), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the books of " + cloud + " cannot be written", e);
        }
    }

    private static Path file(Path directory, String cloud) {
        return directory.resolve(cloud + ".json");
    }
}
