package io.spotplane.simulator.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fact files beside this class; their README names the sources. */
public final class Facts {

    /** Regions that are simulated, in the order of the savings columns. */
    public static final List<String> REGIONS = List.of("us-east-1", "us-west-2", "eu-west-1");

    private static final int FIRST_SAVING = 9;

    private Facts() {}

    /** EC2 instance types by name. */
    public static Map<String, InstanceType> instanceTypes() {
        var types = new LinkedHashMap<String, InstanceType>();
        rows("ec2-instance-types.csv").forEach(row -> types.put(row.get(0), instanceType(row)));
        return types;
    }

    /** RunPod GPU types by id. */
    public static Map<String, PodGpu> podGpus() {
        var gpus = new LinkedHashMap<String, PodGpu>();
        rows("runpod-gpus.csv").forEach(row -> gpus.put(row.get(0), podGpu(row)));
        return gpus;
    }

    /** RunPod's data centres. */
    public static List<String> dataCentres() {
        return lines("runpod-data-centres.txt");
    }

    private static InstanceType instanceType(List<String> row) {
        var savings = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < REGIONS.size(); i++) {
            if (!row.get(FIRST_SAVING + i).isEmpty()) {
                savings.put(REGIONS.get(i), Integer.valueOf(row.get(FIRST_SAVING + i)));
            }
        }
        return new InstanceType(
                row.get(0),
                Integer.parseInt(row.get(1)),
                Long.parseLong(row.get(2)),
                row.get(3),
                gpu(row),
                new BigDecimal(row.get(8)),
                savings);
    }

    private static InstanceType.@Nullable Gpu gpu(List<String> row) {
        return row.get(6).isEmpty()
                ? null
                : new InstanceType.Gpu(
                        row.get(4), row.get(5), Integer.parseInt(row.get(6)), Long.parseLong(row.get(7)));
    }

    private static PodGpu podGpu(List<String> row) {
        return new PodGpu(
                row.get(0),
                row.get(1),
                row.get(2),
                Integer.parseInt(row.get(3)),
                Integer.parseInt(row.get(4)),
                Integer.parseInt(row.get(5)),
                price(row.get(6)),
                price(row.get(7)),
                price(row.get(8)),
                price(row.get(9)),
                Integer.parseInt(row.get(10)),
                Integer.parseInt(row.get(11)),
                row.get(12),
                row.get(13));
    }

    private static @Nullable BigDecimal price(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    private static List<List<String>> rows(String file) {
        return lines(file).stream()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    private static List<String> lines(String file) {
        var resource = Objects.requireNonNull(Facts.class.getResourceAsStream(file), file);
        try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
