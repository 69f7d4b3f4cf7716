package io.spotplane.simulator.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One cloud's list in the form of SkyPilot's catalogue. Prices of a type can be set; then the list is another. */
public final class Catalogue {

    static final String CLOUD = "gcp";

    private static final String FILE = "gcp-prices.csv";
    private static final String HEADER =
            "InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,Price,SpotPrice";
    private static final BigDecimal YESTERDAY = new BigDecimal("0.95");

    private final Instant madeAt;
    private List<Row> rows;
    private Instant changedAt;
    private int version;

    /** A row; the spot price is empty where the type is not sold so. */
    record Row(
            String region,
            String type,
            String vcpus,
            String memoryGib,
            String accelerator,
            String count,
            BigDecimal price,
            String spotPrice) {

        Row soldAt(BigDecimal newSpot) {
            return new Row(region, type, vcpus, memoryGib, accelerator, count, price, newSpot.toPlainString());
        }

        Row asYesterday() {
            return spotPrice.isEmpty()
                    ? this
                    : soldAt(new BigDecimal(spotPrice).multiply(YESTERDAY).setScale(6, RoundingMode.HALF_UP));
        }

        String line() {
            return String.join(
                    ",", type, vcpus, memoryGib, accelerator, count, "", region, "", price.toPlainString(), spotPrice);
        }
    }

    public Catalogue(Instant now) {
        madeAt = now;
        rows = facts();
        changedAt = now;
    }

    /** Sets the spot price of a type in a region. */
    public synchronized void setPrice(String region, String type, BigDecimal price, Instant now) {
        var changed = new ArrayList<Row>();
        rows.forEach(
                row -> changed.add(row.region().equals(region) && row.type().equals(type) ? row.soldAt(price) : row));
        if (changed.equals(rows)) {
            throw new IllegalArgumentException("no other price of " + type + " in " + region + " can be set");
        }
        replace(changed, now);
    }

    /** The list as it was made. */
    public synchronized void clear() {
        replace(facts(), madeAt);
    }

    private void replace(List<Row> changed, Instant now) {
        rows = List.copyOf(changed);
        changedAt = now;
        version++;
    }

    synchronized List<Row> rows() {
        return rows;
    }

    synchronized Instant changedAt() {
        return changedAt;
    }

    synchronized int version() {
        return version;
    }

    static String written(List<Row> rows) {
        var text = new StringBuilder(HEADER).append('\n');
        rows.forEach(row -> text.append(row.line()).append('\n'));
        return text.toString();
    }

    private static List<Row> facts() {
        var resource = Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> row(List.of(line.split(",", -1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(List<String> fields) {
        return new Row(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                new BigDecimal(fields.get(6)),
                fields.get(7));
    }
}
