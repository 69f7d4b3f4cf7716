package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The offerings of a shelf in one order, with a bitmap over that order for every value that people filter by. A filter is an AND of
 * ORs of bitmaps; walking its set bits yields the matches cheapest first, and stops at the page's end. A hundred thousand offerings are
 * 12.5 KB a bitmap.
 */
final class PriceOrder {

    private final Sort sort;
    private final Ranked[] ranks;
    private final Map<Object, BitSet> byGpuModel;
    private final Map<Object, BitSet> byRegion;
    private final Map<Object, BitSet> byCapacityType;
    private final Map<Object, BitSet> byGpuCount;

    private PriceOrder(Sort sort, Ranked[] ranks) {
        this.sort = sort;
        this.ranks = ranks;
        this.byGpuModel = bitmaps(PriceOrder::gpuModel);
        this.byRegion = bitmaps(Offering::region);
        this.byCapacityType = bitmaps(Offering::capacityType);
        this.byGpuCount = bitmaps(PriceOrder::gpuCount);
    }

    static PriceOrder empty(Sort sort) {
        return new PriceOrder(sort, new Ranked[0]);
    }

    /**
     * The order of {@code offerings}, which replace {@code before}. What stayed is in order already, and sorting finds that out: it
     * costs about one comparison each.
     */
    @SuppressWarnings("ReferenceEquality") // what stayed is the same object
    PriceOrder next(Map<String, Offering> before, Map<String, Offering> offerings) {
        var stayed = Arrays.stream(ranks)
                .filter(rank -> rank.offering() == offerings.get(rank.offering().id()));
        var came = offerings.values().stream()
                .filter(offering -> offering != before.get(offering.id()))
                .filter(sort::covers)
                .map(offering -> new Ranked(sort.micros(offering), offering))
                .sorted();
        var next = Stream.concat(stayed, came).toArray(Ranked[]::new);
        Arrays.sort(next);
        return new PriceOrder(sort, next);
    }

    /** A walk over what {@code query} wants, beginning after {@code after}. */
    Walk walk(OfferingQuery query, Position after) {
        return new Walk(query, candidates(query), firstAfter(after));
    }

    private BitSet candidates(OfferingQuery query) {
        var candidates = new BitSet(ranks.length);
        candidates.set(0, ranks.length);
        if (!query.gpus().isEmpty()) {
            candidates.and(union(byGpuModel, model -> query.wantsGpu(model.toString())));
        }
        if (!query.regions().isEmpty()) {
            candidates.and(union(byRegion, query.regions()::contains));
        }
        if (query.capacityType() != null) {
            candidates.and(union(byCapacityType, query.capacityType()::equals));
        }
        if (query.gpuCount() != null) {
            candidates.and(union(byGpuCount, query.gpuCount()::equals));
        }
        return candidates;
    }

    private static BitSet union(Map<Object, BitSet> bitmaps, Predicate<Object> wanted) {
        var union = new BitSet();
        bitmaps.forEach((value, bitmap) -> {
            if (wanted.test(value)) {
                union.or(bitmap);
            }
        });
        return union;
    }

    private int firstAfter(Position after) {
        int low = 0;
        int high = ranks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranks[middle].position().compareTo(after) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static String gpuModel(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? "" : gpu.model();
    }

    private static int gpuCount(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? 0 : gpu.count();
    }

    private Map<Object, BitSet> bitmaps(Function<Offering, Object> valueOf) {
        var bitmaps = new HashMap<Object, BitSet>();
        for (int rank = 0; rank < ranks.length; rank++) {
            var value = valueOf.apply(ranks[rank].offering());
            bitmaps.computeIfAbsent(value, first -> new BitSet(ranks.length)).set(rank);
        }
        return bitmaps;
    }

    private record Ranked(long micros, Offering offering) implements Comparable<Ranked> {

        Position position() {
            return new Position(micros, offering.id());
        }

        @Override
        public int compareTo(Ranked other) {
            int byPrice = Long.compare(micros, other.micros);
            return byPrice != 0 ? byPrice : offering.id().compareTo(other.offering.id());
        }
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
            return ranks[rank].position();
        }

        /** The next offering. */
        Offering next() {
            var offering = ranks[rank].offering();
            rank = settle(rank + 1);
            return offering;
        }

        private int settle(int from) {
            for (int at = candidates.nextSetBit(from); at >= 0; at = candidates.nextSetBit(at + 1)) {
                if (ranks[at].micros() > limit) {
                    return -1;
                }
                if (query.admits(ranks[at].offering())) {
                    return at;
                }
            }
            return -1;
        }
    }
}
