package io.spotplane.stack.app;

import io.spotplane.stack.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A runnable Boot jar laid out as plain jars, which starts faster than jars inside a jar and can have a class data archive.
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

    /** The jar to start; extracts first if needed. */
    Path extract(JavaCommand java) throws IOException {
        var jar = build.jar();
        var stamp = directory.resolve("extracted-from");
        var current = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(current)) {
            java.run(List.of(
                    "-Djarmode=tools",
                    "-jar",
                    jar.toString(),
                    "extract",
                    "--force",
                    "--destination",
                    directory.toString()));
            Files.writeString(stamp, current);
        }
        return directory.resolve(jar.getFileName());
    }
}
