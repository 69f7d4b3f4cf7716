package io.spotplane.benchmarks.bids;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Recorded market data, which are not part of this repository: in the folder that {@code spotplane.shared} names, or in a {@code shared} beside a parent folder. */
final class SharedData {

    private SharedData() {}

    /** The file or folder; the test is skipped where there is none. */
    static Path path(String below) {
        var found = roots().map(root -> root.resolve("data").resolve(below))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "no recorded market data here: set -Dspotplane.shared=<folder with data/" + below + ">");
        return found.orElseThrow();
    }

    private static Stream<Path> roots() {
        var named = Optional.ofNullable(System.getProperty("spotplane.shared")).map(Path::of);
        var beside = Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared"));
        return Stream.concat(named.stream(), beside);
    }
}
