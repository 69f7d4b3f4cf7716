package io.spotplane.pricing.shelf;

import io.spotplane.contracts.vocabulary.Offering;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shelf cut into {@value #COUNT} segments by offering id, so that a few changes cost a few segments. A segment is a gzipped JSON array of
 * wire records: additive changes of the record need no new layout, and {@code redis-cli … | gunzip} shows it to people.
 */
final class Segments {

    static final int COUNT = 64;

    private static final TypeReference<List<Offering>> OFFERINGS = new TypeReference<>() {};

    private final JsonMapper json;

    Segments(JsonMapper json) {
        this.json = json;
    }

    /** The segment of an offering; part of the layout, as {@link String#hashCode} is part of Java. */
    static int of(String offeringId) {
        return Math.floorMod(offeringId.hashCode(), COUNT);
    }

    static Set<Integer> of(Collection<String> offeringIds) {
        return offeringIds.stream().map(Segments::of).collect(Collectors.toSet());
    }

    static Set<Integer> all() {
        return IntStream.range(0, COUNT).boxed().collect(Collectors.toSet());
    }

    /** The {@code wanted} segments of a shelf with these offerings, empty ones included. */
    Map<Integer, byte[]> encode(Collection<Offering> offerings, Set<Integer> wanted) {
        var rows = offerings.stream()
                .filter(offering -> wanted.contains(of(offering.id())))
                .collect(Collectors.groupingBy(offering -> of(offering.id())));
        var encoded = new TreeMap<Integer, byte[]>();
        wanted.forEach(segment -> encoded.put(segment, encode(rows.getOrDefault(segment, List.of()))));
        return encoded;
    }

    /** {@code known} with {@code segments} in place of its own. */
    Map<String, Offering> replace(Map<String, Offering> known, Map<Integer, byte[]> segments) {
        var strings = new OneCopyOfEach();
        var offerings = new HashMap<>(known);
        offerings.keySet().removeIf(id -> segments.containsKey(of(id)));
        segments.values().stream()
                .flatMap(segment -> decode(segment).stream())
                .map(strings::in)
                .forEach(offering -> offerings.put(offering.id(), offering));
        return offerings;
    }

    private byte[] encode(List<Offering> offerings) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new FastGzip(bytes)) {
            json.writeValue(gzip, offerings);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private List<Offering> decode(byte[] segment) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(segment))) {
            return json.readValue(gzip, OFFERINGS);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** A hundred thousand decoded offerings say {@code us-east-1} often: keep it once. Halves what a shelf costs in memory. */
    private static final class OneCopyOfEach {

        private final Map<Object, Object> copies = new HashMap<>();

        Offering in(Offering offering) {
            return new Offering(
                    offering.id(),
                    one(offering.provider()),
                    one(offering.region()),
                    offering.zone() == null ? null : one(offering.zone()),
                    one(offering.instanceType()),
                    offering.vcpu(),
                    offering.memoryMiB(),
                    offering.gpu() == null ? null : one(offering.gpu()),
                    offering.capacityType(),
                    one(offering.price()),
                    one(offering.billedPrice()),
                    offering.availability(),
                    one(offering.source()),
                    one(offering.observedAt()),
                    one(offering.receivedAt()));
        }

        @SuppressWarnings("unchecked")
        private <T> T one(T value) {
            var first = copies.putIfAbsent(value, value);
            return first == null ? value : (T) first;
        }
    }
}
