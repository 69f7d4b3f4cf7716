package io.spotplane.stack.app;

import io.spotplane.stack.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * A runnable Boot jar laid out as plain jars, which starts faster than jars inside a jar and can have a class archive.
 *
 * @param build finds the jar as it was built
 * @param directory where it is laid out; done again when the jar changes
 */
public record ExtractedJar(Build build, Path directory) {

    /** Where jars come from. */
    @FunctionalInterface
    public interface Build {
        /** The jar; a fault when it is not built. */
        Path jar() throws IOException;
    }

    /** The jar to start, as process {@code name}; extracts first if needed, and an archive of other classes is thrown away then. */
    Path extract(JavaCommand java, String name) throws IOException {
        var jar = build.jar();
        var stamp = directory.resolve("extracted-from");
        var contents = contents(jar);
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(contents)) {
            java.forgetArchive(name);
            java.run(List.of(
                    "-Djarmode=tools",
                    "-jar",
                    jar.toString(),
                    "extract",
                    "--force",
                    "--destination",
                    directory.toString()));
            Files.writeString(stamp, contents);
        }
        return directory.resolve(jar.getFileName());
    }

    /** Names and checksums: builds are reproducible, so that time and size of two different jars may well be equal. */
    static String contents(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(entry -> "%08x %s%n".formatted(entry.getCrc(), entry.getName()))
                    .collect(Collectors.joining("", jar + "\n", ""));
        }
    }
}
