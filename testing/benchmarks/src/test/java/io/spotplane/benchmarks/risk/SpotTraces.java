package io.spotplane.benchmarks.risk;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.trace.AvailabilityTrace;
import io.spotplane.pricing.trace.TraceJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public spot traces, where somebody put them: whatever sets and pools are there, nothing is named here. */
public final class SpotTraces {

    private SpotTraces() {}

    /** The folder of shared data: the system property {@code spotplane.shared}, or a {@code shared} folder beside one of the parents. */
    public static Optional<Path> shared() {
        var named = System.getProperty("spotplane.shared");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared"))
                .filter(folder -> Files.isDirectory(folder.resolve("data/spot-traces")))
                .findFirst();
    }

    /** Pools whose traces were recorded at the same time. */
    public record TraceSet(String name, List<Recorded> pools) {}

    /** A pool and its trace. */
    public record Recorded(Pool pool, AvailabilityTrace trace) {}

    /** All sets below {@code shared}, by name. */
    public static List<TraceSet> sets(Path shared) {
        var root = shared.resolve("data/spot-traces");
        try (var files = Files.walk(root)) {
            var byFolder = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.comparing(Path::toString))
                    .collect(Collectors.groupingBy(
                            file -> root.relativize(file.getParent()).toString(), TreeMap::new, Collectors.toList()));
            return byFolder.entrySet().stream()
                    .map(entry -> new TraceSet(entry.getKey(), recorded(entry.getValue())))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Recorded> recorded(List<Path> files) {
        return files.stream().map(SpotTraces::recorded).toList();
    }

    private static Recorded recorded(Path file) {
        var name = file.getFileName().toString().replace(".json", "");
        int split = name.indexOf('_');
        var zone = name.substring(0, split);
        var provider = file.getParent().getFileName().toString().replaceFirst("-.*", "");
        var region =
                zone.matches(".*-[a-z]") ? zone.substring(0, zone.length() - 2) : zone.substring(0, zone.length() - 1);
        try {
            var trace = TraceJson.read(name, Files.readAllBytes(file));
            return new Recorded(new Pool(provider, region, zone, name.substring(split + 1)), trace);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
