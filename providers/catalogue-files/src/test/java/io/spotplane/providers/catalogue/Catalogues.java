package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Catalogues written in tests, catalogues on this machine's disk, and looks into what came of them. */
final class Catalogues {

    static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    static final Instant LISTED = Instant.parse("2026-04-02T10:00:00Z");
    static final String HEADER =
            "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone";

    private Catalogues() {}

    /** A catalogue of the cloud {@code test} with these rows under {@link #HEADER}. */
    static CatalogueContent read(String... rows) {
        return readText("test", HEADER + "\n" + String.join("\n", rows) + "\n");
    }

    static CatalogueContent readText(String cloud, String text) {
        return readBytes(cloud, text.getBytes(StandardCharsets.UTF_8));
    }

    static CatalogueContent readBytes(String cloud, byte[] bytes) {
        return reader(cloud).read(List.of(new CataloguePart("vms.csv", LISTED, () -> new ByteArrayInputStream(bytes))));
    }

    static CatalogueReader reader(String cloud) {
        return new CatalogueReader(settings(cloud, "vms.csv"), InstantSource.fixed(NOW));
    }

    static CatalogueSettings settings(String cloud, String location) {
        return new CatalogueSettings(cloud, location, "USD", CatalogueSettings.Format.SKYPILOT, Duration.ofSeconds(30));
    }

    static byte[] gzipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Map<String, Long> flaws(CatalogueContent content) {
        return content.rejected().stream()
                .collect(Collectors.groupingBy(RejectedRow::why, TreeMap::new, Collectors.counting()));
    }

    static Offering only(CatalogueContent content, CapacityType type) {
        return content.offerings().stream()
                .filter(offering -> offering.capacityType() == type)
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    if (found.size() != 1) {
                        throw new AssertionError("expected one " + type + " offer, found " + found);
                    }
                    return found.getFirst();
                }));
    }

    static Offering byId(CatalogueContent content, String id) {
        return content.offerings().stream()
                .filter(offering -> offering.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + id));
    }

    static Map<String, Long> counts(CatalogueContent content, Function<Offering, String> of) {
        return content.offerings().stream().collect(Collectors.groupingBy(of, TreeMap::new, Collectors.counting()));
    }

    /** Collected market data, where this machine has them. */
    static Optional<Path> collected(String file) {
        var set = System.getProperty("spotplane.shared");
        var shared = set != null
                ? Stream.of(Path.of(set))
                : Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                        .map(folder -> folder.resolveSibling("shared"));
        return shared.map(folder -> folder.resolve("data").resolve(file))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
