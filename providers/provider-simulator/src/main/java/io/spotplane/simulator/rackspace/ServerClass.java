package io.spotplane.simulator.rackspace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A server class as the public feed of 2026-07-13 showed it; the README beside the facts names the source.
 *
 * @param cpu as the feed writes it, a string
 * @param memory such as {@code 7.5GB}
 * @param market the market price then
 * @param p20 20 % of the last 30 days at or below this
 * @param p50 the median
 * @param p80 80 % at or below this
 */
record ServerClass(
        String region,
        String generation,
        String name,
        String displayName,
        String category,
        String description,
        String cpu,
        String memory,
        BigDecimal market,
        BigDecimal p20,
        BigDecimal p50,
        BigDecimal p80) {

    private static final String FILE = "server-classes.csv";

    static List<ServerClass> facts() {
        var resource = Objects.requireNonNull(ServerClass.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> of(List.of(line.split(";", -1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerClass of(List<String> row) {
        return new ServerClass(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                row.get(6),
                row.get(7),
                new BigDecimal(row.get(8)),
                new BigDecimal(row.get(9)),
                new BigDecimal(row.get(10)),
                new BigDecimal(row.get(11)));
    }

    boolean hasGpu() {
        return category.equals("GPU");
    }

    double gigabytes() {
        return Double.parseDouble(memory.replace("GB", ""));
    }
}
