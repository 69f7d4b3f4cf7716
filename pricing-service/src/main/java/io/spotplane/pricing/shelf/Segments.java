package io.spotplane.pricing.shelf;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shelf cut into {@value #COUNT} segments by offering id, so that a few changes cost a few segments. */
final class Segments {

    static final int COUNT = 64;

    private Segments() {}

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
    static Map<Integer, byte[]> encode(Collection<Offering> offerings, Set<Integer> wanted) {
        var rows = offerings.stream()
                .filter(offering -> wanted.contains(of(offering.id())))
                .collect(Collectors.groupingBy(offering -> of(offering.id())));
        return wanted.parallelStream()
                .collect(Collectors.toMap(
                        Function.identity(), segment -> PackedOfferings.pack(rows.getOrDefault(segment, List.of()))));
    }

    /** {@code known} with {@code segments} in place of its own. What did not change stays the same object. */
    static Map<String, Offering> replace(Map<String, Offering> known, Map<Integer, byte[]> segments) {
        var offerings = new HashMap<>(known);
        offerings.keySet().removeIf(id -> segments.containsKey(of(id)));
        segments.values().stream()
                .flatMap(segment -> PackedOfferings.unpack(segment).stream())
                .forEach(offering -> offerings.put(offering.id(), sameOrNew(known, offering)));
        return offerings;
    }

    private static Offering sameOrNew(Map<String, Offering> known, Offering offering) {
        var before = known.get(offering.id());
        return before != null && before.equals(offering) ? before : offering;
    }
}
