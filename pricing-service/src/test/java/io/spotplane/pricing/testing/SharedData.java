package io.spotplane.pricing.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Real market data that lies beside the checkout and not in it: {@code -Dspotplane.shared=DIR}, or a folder {@code shared} next to one of the folders
 * above. Tests that need it are skipped where there is none.
 */
public final class SharedData {

    private SharedData() {}

    /** The file with this path below {@code data}; empty when it is not there. */
    public static Optional<Path> file(String path) {
        return folders()
                .map(folder -> folder.resolve("data").resolve(path))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> folders() {
        var named = System.getProperty("spotplane.shared");
        return named != null
                ? Stream.of(Path.of(named))
                : Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolve("shared"));
    }

    /** The rows of a gzipped CSV without quotes, less its heading. */
    public static List<String[]> rows(Path gzippedCsv) {
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzippedCsv)), StandardCharsets.UTF_8))) {
            return in.lines().skip(1).map(line -> line.split(",", -1)).toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
