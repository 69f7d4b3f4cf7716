package io.spotplane.benchmarks.bids;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rackspace Spot's public percentile feed as it was on some dates: every {@code percentiles-<date>.json} of a folder, so that later dates judge by being put there.
 *
 * @param byDate looks by date and offering
 */
record Snapshots(TreeMap<LocalDate, Map<String, Look>> byDate) {

    /** The ladder that bids must be on, as one public client of the provider has it (July 2026), and the general minimum. */
    static final BidRules RULES = new BidRules(
            new BigDecimal("0.01"),
            3,
            List.of(step("0.01", "0.01"), step("0.04", "0.02"), step("0.10", "0.03"), step("0.20", "0.05")),
            LocalDate.parse("2026-07-01"));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Snapshots in(Path folder) throws IOException {
        var byDate = new TreeMap<LocalDate, Map<String, Look>>();
        try (var files = Files.newDirectoryStream(folder, "percentiles-*.json")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var date = LocalDate.parse(name.substring("percentiles-".length(), name.length() - ".json".length()));
                byDate.put(date, looks(file, instant(date)));
            }
        }
        return new Snapshots(byDate);
    }

    private static Map<String, Look> looks(Path file, Instant at) {
        try {
            var looks = new TreeMap<String, Look>();
            for (var region :
                    JSON.readTree(Files.readAllBytes(file)).path("regions").properties()) {
                for (var type : region.getValue().path("serverclasses").properties()) {
                    var id =
                            Offering.idOf("rackspace-spot", region.getKey(), null, type.getKey(), 0, CapacityType.SPOT);
                    looks.put(id, look(id, at, type.getValue()));
                }
            }
            return looks;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static Look look(String id, Instant at, JsonNode row) {
        return new Look(
                id,
                at,
                micros(row.path("market_price")),
                micros(row.path("20_percentile")),
                micros(row.path("50_percentile")),
                micros(row.path("80_percentile")));
    }

    /** Strings and noisy doubles, mixed as the feed has them. */
    private static long micros(JsonNode amount) {
        return Micros.of(new BigDecimal(amount.asString()).setScale(6, RoundingMode.HALF_UP));
    }

    private static BidRules.Step step(String from, String add) {
        return new BidRules.Step(new BigDecimal(from), new BigDecimal(add));
    }

    static Instant instant(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** All looks up to {@code date}, by offering, ascending. */
    Map<String, List<Look>> known(LocalDate date) {
        var known = new TreeMap<String, List<Look>>();
        byDate.headMap(date, true)
                .values()
                .forEach(looks -> looks.forEach((id, look) ->
                        known.computeIfAbsent(id, key -> new ArrayList<>()).add(look)));
        return known;
    }

    /** The offering as it was for sale when {@code look} was taken. */
    static Offering offering(Look look) {
        var price = new HourlyPrice(Micros.toAmount(look.market()), "USD");
        var parts = look.offeringId().split(":", -1);
        return new Offering(
                look.offeringId(),
                parts[0],
                parts[1],
                null,
                parts[3],
                0,
                0,
                null,
                CapacityType.SPOT,
                price,
                price,
                Availability.UNKNOWN,
                "percentiles.json",
                look.at(),
                look.at(),
                null,
                RULES);
    }
}
