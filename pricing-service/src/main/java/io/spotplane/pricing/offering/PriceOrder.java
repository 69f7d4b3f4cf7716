package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The offerings of a shelf in one order, with a bitmap over that order for every value that people filter by. A filter is an AND of
 * ORs of bitmaps; walking its set bits yields the matches cheapest first, and stops at the page's end. A hundred thousand offerings are
 * 12.5 KB a bitmap.
 */
final class PriceOrder {

    private final Offering[] rows;
    private final long[] micros;
    private final Map<String, BitSet> byGpuModel;
    private final Map<String, BitSet> byRegion;
    private final Map<String, BitSet> byCapacityType;
    private final Map<String, BitSet> byGpuCount;

    private PriceOrder(Offering[] rows, long[] micros) {
        this.rows = rows;
        this.micros = micros;
        this.byGpuModel = bitmaps(rows, PriceOrder::gpuModel);
        this.byRegion = bitmaps(rows, Offering::region);
        this.byCapacityType = bitmaps(rows, row -> row.capacityType().name());
        this.byGpuCount = bitmaps(rows, PriceOrder::gpuCount);
    }

    static PriceOrder of(Collection<Offering> offerings, Sort sort) {
        var ranked = offerings.stream()
                .filter(sort::covers)
                .map(offering -> new Ranked(sort.micros(offering), offering))
                .sorted(Ranked.CHEAPEST_FIRST)
                .toList();
        return new PriceOrder(
                ranked.stream().map(Ranked::offering).toArray(Offering[]::new),
                ranked.stream().mapToLong(Ranked::micros).toArray());
    }

    /** A walk over what {@code query} wants, beginning after {@code after}. */
    Walk walk(OfferingQuery query, Position after) {
        return new Walk(query, candidates(query), firstAfter(after));
    }

    private BitSet candidates(OfferingQuery query) {
        var candidates = new BitSet(rows.length);
        candidates.set(0, rows.length);
        restrict(candidates, byGpuModel, query.gpus(), query::wantsGpu);
        restrict(candidates, byRegion, query.regions(), query.regions()::contains);
        restrict(candidates, byCapacityType, query.capacityTypeNames(), query.capacityTypeNames()::contains);
        restrict(candidates, byGpuCount, query.gpuCounts(), query.gpuCounts()::contains);
        return candidates;
    }

    /** An empty set of wanted values is no restriction. */
    private static void restrict(
            BitSet candidates, Map<String, BitSet> bitmaps, Set<String> wanted, Predicate<String> matches) {
        if (wanted.isEmpty()) {
            return;
        }
        var union = new BitSet(candidates.length());
        bitmaps.forEach((value, bitmap) -> {
            if (matches.test(value)) {
                union.or(bitmap);
            }
        });
        candidates.and(union);
    }

    private int firstAfter(Position after) {
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (positionOf(middle).compareTo(after) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Position positionOf(int rank) {
        return new Position(micros[rank], rows[rank].id());
    }

    private static String gpuModel(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? "" : gpu.model();
    }

    private static String gpuCount(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? "0" : Integer.toString(gpu.count());
    }

    private static Map<String, BitSet> bitmaps(Offering[] rows, Function<Offering, String> valueOf) {
        var bitmaps = new HashMap<String, BitSet>();
        for (int rank = 0; rank < rows.length; rank++) {
            bitmaps.computeIfAbsent(valueOf.apply(rows[rank]), value -> new BitSet())
                    .set(rank);
        }
        return bitmaps;
    }

    @Override
    public String toString() {
        return Arrays.toString(rows);
    }

    private record Ranked(long micros, Offering offering) {
        static final Comparator<Ranked> CHEAPEST_FIRST = Comparator.comparingLong(Ranked::micros)
                .thenComparing(ranked -> ranked.offering().id());
    }

    /** One walk, cheapest first. Not for sharing between threads. */
    final class Walk {

        private final OfferingQuery query;
        private final BitSet candidates;
        private final long limit;
        private int rank;

        private Walk(OfferingQuery query, BitSet candidates, int start) {
            this.query = query;
            this.candidates = candidates;
            this.limit = query.sort() == Sort.PRICE ? query.maxMicros() : Long.MAX_VALUE;
            this.rank = settle(start);
        }

        boolean hasNext() {
            return rank >= 0;
        }

        /** Where the next offering stands. */
        Position position() {
            return positionOf(rank);
        }

        /** The next offering. */
        Offering next() {
            var row = rows[rank];
            rank = settle(rank + 1);
            return row;
        }

        private int settle(int from) {
            for (int at = candidates.nextSetBit(from); at >= 0; at = candidates.nextSetBit(at + 1)) {
                if (micros[at] > limit) {
                    return -1;
                }
                if (query.admits(rows[at])) {
                    return at;
                }
            }
            return -1;
        }
    }
}
