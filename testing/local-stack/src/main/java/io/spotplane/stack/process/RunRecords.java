package io.spotplane.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that were started and not stopped, one small file each: {@code <name>.pid} with pid, start time and port. A file is
 * replaced at once or not at all; one that cannot be read counts as absent.
 */
public final class RunRecords {

    private static final String SUFFIX = ".pid";

    private final Path directory;

    public RunRecords(Path directory) {
        this.directory = directory;
    }

    void put(RunRecord record) {
        var line = "%d %s %d%n".formatted(record.pid(), record.startedAt(), record.port());
        try {
            Files.createDirectories(directory);
            var partial = directory.resolve(record.name() + ".partial");
            Files.writeString(partial, line);
            Files.move(partial, file(record.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write down process " + record.name(), e);
        }
    }

    public Optional<RunRecord> find(String name) {
        try {
            return parse(name, Files.readString(file(name)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    public List<RunRecord> all() {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .flatMap(name -> find(name).stream())
                    .toList();
        } catch (IOException absent) {
            return List.of();
        }
    }

    public Stream<RunRecord> alive() {
        return all().stream().filter(RunRecord::isAlive);
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("could not forget process " + name, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static Optional<RunRecord> parse(String name, String text) {
        var fields = text.strip().split(" ");
        try {
            return Optional.of(new RunRecord(
                    name, Long.parseLong(fields[0]), Instant.parse(fields[1]), Integer.parseInt(fields[2])));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
