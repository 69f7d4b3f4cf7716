package io.spotplane.benchmarks.plan;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** What Rackspace Spot sold on one day, with the bid ladder of July 2026 that an integration reports. */
final class RackspaceMarket {

    static final String PROVIDER = "rackspace-spot";
    static final Instant AT = Instant.parse("2026-07-13T00:00:00Z");

    private static final BidRules LADDER = new BidRules(
            new BigDecimal("0.01"),
            3,
            List.of(step("0.01", "0.01"), step("0.04", "0.02"), step("0.10", "0.03"), step("0.20", "0.05")),
            LocalDate.parse("2026-07-01"));

    private RackspaceMarket() {}

    private static BidRules.Step step(String from, String add) {
        return new BidRules.Step(new BigDecimal(from), new BigDecimal(add));
    }

    static List<Offering> offerings() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        RackspaceMarket.class.getResourceAsStream("/plan/rackspace-spot-2026-07-13.tsv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> offering(line.split("\t")))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Offering offering(String[] row) {
        return offering(
                row[0],
                row[1],
                Integer.parseInt(row[2]),
                Long.parseLong(row[3]),
                row[4].equals("-") ? null : new Gpu(row[4], 1, 24),
                row[5]);
    }

    static Offering offering(String region, String type, int vcpu, long memoryMiB, Gpu gpu, String price) {
        return new Offering(
                Offering.idOf(PROVIDER, region, null, type, gpu == null ? 0 : 1, CapacityType.SPOT),
                PROVIDER,
                region,
                null,
                type,
                vcpu,
                memoryMiB,
                gpu,
                CapacityType.SPOT,
                HourlyPrice.usd(price),
                HourlyPrice.usd(price),
                Availability.UNKNOWN,
                "PublicPriceFeed",
                AT,
                AT,
                Confidence.COUNTED,
                LADDER);
    }
}
