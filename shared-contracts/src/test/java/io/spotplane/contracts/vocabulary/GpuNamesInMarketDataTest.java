package io.spotplane.contracts.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every accelerator that the collected price lists name is in the reviewed table. Skipped where those lists are not. */
class GpuNamesInMarketDataTest {

    /** Files and the column that names accelerators. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("azure/catalog-2026-04-02.csv.gz", "AcceleratorName"),
            Map.entry("azure/changes-2026-04.csv.gz", "accelerator"),
            Map.entry("gcp/catalog-2026-04-02.csv.gz", "AcceleratorName"),
            Map.entry("gcp/changes-2026-04.csv.gz", "accelerator"),
            Map.entry("lambda/catalog-2026-04-20.csv", "AcceleratorName"),
            Map.entry("vast/catalog-2026-04-29.csv", "AcceleratorName"),
            Map.entry("hyperstack/catalog-v8.csv", "AcceleratorName"),
            Map.entry("runpod/catalog-v5.csv", "AcceleratorName"),
            Map.entry("shadeform/catalog-2025-10-12.csv", "AcceleratorName"),
            Map.entry("cloud-gpus/cloud-gpus-2025-03-07.csv", "GPU Type"),
            Map.entry("aws/describe-instance-types-2025-03.csv", "gpu_name"),
            Map.entry("aws/gpu-on-demand-by-region-2026-01-21.csv", "gpu"),
            Map.entry("aws/skypilot-catalog-2021-11-10.csv", "gpu_name"),
            Map.entry("alibaba-gpu-fleet/node_info_df.csv", "gpu_model"));

    /** Names that stay as they are, and why. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "ARM-MALI-G78MP12", "what one list wrongly calls the T4G of G5G",
            "GPU-SERIES-1", "made anonymous by the fleet's owner",
            "GPU-SERIES-2", "made anonymous by the fleet's owner");

    @Test
    void noNameInThePriceListsWasForgotten() {
        // Given
        var data = dataFolder();
        assumeTrue(Files.isDirectory(data), () -> "no market data at " + data);
        // When
        var unreviewed = names(data).stream()
                .filter(name -> GpuModels.reviewed(name).isEmpty())
                .map(GpuModels::canonical)
                .collect(Collectors.toCollection(TreeSet::new));
        // Then
        assertThat(unreviewed).containsExactlyInAnyOrderElementsOf(EXPLAINED.keySet());
    }

    private static Set<String> names(Path data) {
        var names = new TreeSet<String>();
        COLUMNS.forEach((file, column) -> names.addAll(column(data.resolve(file), column)));
        names.addAll(runPodNames(data.resolve("runpod/gpu-types-2026-02-12.json")));
        names.addAll(trackedNames(data.resolve("neocloud-prices")));
        return names;
    }

    private static List<String> runPodNames(Path file) {
        return JsonMapper.shared()
                .readTree(file.toFile())
                .path("data")
                .path("gpuTypes")
                .valueStream()
                .flatMap(type -> Stream.of(
                        type.path("id").asString(), type.path("displayName").asString()))
                .toList();
    }

    private static List<String> trackedNames(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gz"))
                    .map(file -> JsonMapper.shared().readTree(lines(file).getFirst()))
                    .map(line -> line.path("gpu_type").asString() + " "
                            + line.path("socket_type").asString(""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> column(Path file, String name) {
        var lines = lines(file);
        var at = List.of(lines.getFirst().split(",")).indexOf(name);
        assertThat(at).as(name + " in " + file).isNotNegative();
        return lines.stream()
                .skip(1)
                .map(line -> fields(line).get(at))
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toSet());
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var letter : line.toCharArray()) {
            if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static List<String> lines(Path file) {
        try (var in = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static Path dataFolder() {
        var set = System.getProperty("spotplane.shared");
        var shared = set != null ? Path.of(set) : besideAParent();
        return shared.resolve("data");
    }

    private static Path besideAParent() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolveSibling("shared"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("shared"));
    }
}
