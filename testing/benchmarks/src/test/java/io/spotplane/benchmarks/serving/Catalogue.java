package io.spotplane.benchmarks.serving;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A hundred thousand offerings of two markets: what two public price lists say (all their spot prices, and on-demand prices to fill up), where those lie
 * beside the checkout; made up from a seed otherwise.
 */
record Catalogue(String origin, Map<String, List<Offering>> markets) {

    static final int SIZE = 100_000;
    private static final Instant OBSERVED = Instant.parse("2026-04-02T00:00:00Z");

    static Catalogue load() {
        return file("azure/catalog-2026-04-02.csv.gz")
                .flatMap(azure -> file("gcp/catalog-2026-04-02.csv.gz").map(gcp -> real(azure, gcp)))
                .orElseGet(Catalogue::madeUp);
    }

    List<Offering> all() {
        return markets.values().stream().flatMap(List::stream).toList();
    }

    private static Optional<Path> file(String path) {
        var named = System.getProperty("spotplane.shared");
        var folders = named != null
                ? Stream.of(Path.of(named))
                : Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolve("shared"));
        return folders.map(folder -> folder.resolve("data").resolve(path))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Catalogue real(Path azure, Path gcp) {
        var rows = new LinkedHashMap<String, List<Map<String, String>>>();
        rows.put("azure", rows(azure));
        rows.put("gcp", rows(gcp));
        var markets = new LinkedHashMap<String, Map<String, Offering>>();
        rows.forEach((provider, list) -> list.forEach(row -> offering(provider, row, CapacityType.SPOT)
                .ifPresent(offering -> markets.computeIfAbsent(provider, name -> new LinkedHashMap<>())
                        .put(offering.id(), offering))));
        for (var provider : rows.keySet()) {
            for (var row : rows.get(provider)) {
                if (markets.values().stream().mapToInt(Map::size).sum() == SIZE) {
                    break;
                }
                offering(provider, row, CapacityType.ON_DEMAND)
                        .ifPresent(offering -> markets.get(provider).put(offering.id(), offering));
            }
        }
        var lists = new LinkedHashMap<String, List<Offering>>();
        markets.forEach((provider, offerings) -> lists.put(provider, List.copyOf(offerings.values())));
        return new Catalogue("price lists of azure and gcp, 2 April 2026", lists);
    }

    private static List<Map<String, String>> rows(Path gzippedCsv) {
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzippedCsv)), StandardCharsets.UTF_8))) {
            var names = in.readLine().split(",", -1);
            return in.lines().map(line -> row(names, line.split(",", -1))).toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Map<String, String> row(String[] names, String[] values) {
        var row = new LinkedHashMap<String, String>();
        for (int at = 0; at < Math.min(names.length, values.length); at++) {
            row.put(names[at], values[at]);
        }
        return row;
    }

    private static Optional<Offering> offering(String provider, Map<String, String> row, CapacityType capacity) {
        var price = row.get(capacity == CapacityType.SPOT ? "SpotPrice" : "Price");
        if (price == null || price.isEmpty() || new BigDecimal(price).signum() <= 0) {
            return Optional.empty();
        }
        return Optional.of(offering(
                provider,
                row.get("Region"),
                row.get("AvailabilityZone"),
                row.get("InstanceType"),
                number(row.get("vCPUs")).intValue(),
                number(row.get("MemoryGiB")).movePointRight(3).longValue() * 1024 / 1000,
                gpu(
                        row.get("AcceleratorName"),
                        number(row.get("AcceleratorCount")).intValue()),
                capacity,
                new BigDecimal(price)));
    }

    private static Gpu gpu(String name, int count) {
        return name == null || name.isEmpty() || count < 1
                ? null
                : new Gpu(GpuModels.canonical(name), count, GpuModels.memoryGiB(name));
    }

    private static BigDecimal number(String text) {
        return text == null || text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static Offering offering(
            String provider,
            String region,
            String zone,
            String type,
            int vcpu,
            long memoryMiB,
            Gpu gpu,
            CapacityType capacity,
            BigDecimal amount) {
        var price = price(amount);
        return new Offering(
                Offering.idOf(provider, region, zone, type, gpu == null ? 0 : gpu.count(), capacity),
                provider,
                region,
                zone,
                type,
                vcpu,
                memoryMiB,
                gpu,
                capacity,
                price,
                price,
                Availability.UNKNOWN,
                "PriceList",
                OBSERVED,
                OBSERVED,
                Confidence.LISTED,
                null);
    }

    private static HourlyPrice price(BigDecimal amount) {
        var rounded = amount.setScale(6, RoundingMode.HALF_UP).max(new BigDecimal("0.000001"));
        return HourlyPrice.per(new Money(rounded, "USD"));
    }

    /** {@code offering}, dearer by {@code cents}. */
    static Offering dearer(Offering offering, int cents) {
        return offering(
                offering.provider(),
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.vcpu(),
                offering.memoryMiB(),
                offering.gpu(),
                offering.capacityType(),
                offering.price().amount().add(BigDecimal.valueOf(cents, 2)));
    }

    private static Catalogue madeUp() {
        var random = new Random(42);
        var models = List.of("T4", "A100-80GB", "A100-40GB", "H100-SXM", "V100-16GB", "L4");
        var offerings = new ArrayList<Offering>();
        for (int number = 0; number < SIZE; number++) {
            int vcpu = 1 << random.nextInt(8);
            var gpu =
                    random.nextInt(20) > 0 ? null : new Gpu(models.get(random.nextInt(6)), 1 << random.nextInt(4), 40);
            var type = "Standard_%s%d_%d_v%d"
                    .formatted(
                            Arrays.asList("D", "E", "F", "M", "NC").get(random.nextInt(5)),
                            vcpu,
                            number,
                            1 + random.nextInt(6));
            offerings.add(offering(
                    number % 3 > 0 ? "azure" : "gcp",
                    "region-" + random.nextInt(70),
                    null,
                    type,
                    vcpu,
                    vcpu * 4096L,
                    gpu,
                    random.nextInt(8) > 0 ? CapacityType.SPOT : CapacityType.ON_DEMAND,
                    BigDecimal.valueOf((long) (vcpu * (5_000 + random.nextInt(30_000))), 6)));
        }
        var markets = new LinkedHashMap<String, List<Offering>>();
        for (var provider : List.of("azure", "gcp")) {
            markets.put(
                    provider,
                    offerings.stream()
                            .filter(offering -> offering.provider().equals(provider))
                            .toList());
        }
        return new Catalogue("made up from a seed", markets);
    }
}
