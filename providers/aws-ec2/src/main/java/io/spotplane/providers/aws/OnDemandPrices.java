package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * On-demand prices that the module carries as facts, because EC2's own API does not tell them. For regions that the list does not cover there are no
 * on-demand offers: a price is never guessed from another region's.
 */
final class OnDemandPrices {

    private static final String FILE = "on-demand.csv";
    private static final LocalDate LISTED_ON = LocalDate.of(2026, 7, 20);

    /** How an offering names where its price is from. */
    static final String SOURCE = "on-demand list of " + LISTED_ON;

    /** The day for which the list holds. */
    static final Instant OBSERVED_AT = LISTED_ON.atStartOfDay().toInstant(ZoneOffset.UTC);

    private final Map<String, Map<String, HourlyPrice>> byRegionAndType;

    private OnDemandPrices(Map<String, Map<String, HourlyPrice>> byRegionAndType) {
        this.byRegionAndType = byRegionAndType;
    }

    /** The list in the module. */
    static OnDemandPrices carried() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OnDemandPrices.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
            return new OnDemandPrices(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .collect(Collectors.groupingBy(
                            row -> row[0], Collectors.toMap(row -> row[1], row -> HourlyPrice.usd(row[2])))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prices by type; empty where the list says nothing of the region. */
    Map<String, HourlyPrice> in(String region) {
        return byRegionAndType.getOrDefault(region, Map.of());
    }
}
