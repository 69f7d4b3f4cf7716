package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Column.Filter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The offerings of a shelf in one order, with a column for every property that people filter by. A query becomes an AND of filters over the
 * columns; walking along it yields the matches cheapest first, evaluates 64 rows at a time, and stops at the page's end. What matches nothing
 * costs a few steps for every 64 rows, and no look at any offering.
 */
final class PriceOrder {

    private static final int NO_ROW = -1;

    private final Sort sort;
    private final Ranked[] ranks;
    private final Column<Long> otherPrices;
    private final Column<GpuName> gpus;
    private final Column<Integer> gpuCounts;
    private final Column<Integer> gpuMemory;
    private final Column<Integer> vcpus;
    private final Column<Long> memory;
    private final Column<String> machineClasses;
    private final Column<Integer> generations;
    private final Column<String> regions;
    private final Column<CapacityType> capacityTypes;
    private final Column<Availability> availability;
    private final Column<Integer> confidence;

    private PriceOrder(Sort sort, Ranked[] ranks) {
        this.sort = sort;
        this.ranks = ranks;
        var families = families();
        this.otherPrices = column(sort.other()::micros);
        this.gpus = gpus();
        this.gpuCounts = column(Facts::gpuCount);
        this.gpuMemory = column(Facts::gpuMemoryGiB);
        this.vcpus = column(Offering::vcpu);
        this.memory = column(Offering::memoryMiB);
        this.machineClasses = Column.of(ranks.length, rank -> families[rank].machineClass());
        this.generations = Column.of(ranks.length, rank -> families[rank].generationOrMark());
        this.regions = column(Offering::region);
        this.capacityTypes = column(Offering::capacityType);
        this.availability = column(Offering::availability);
        this.confidence = column(Facts::confidence);
    }

    private MachineFamily[] families() {
        var known = new HashMap<String, MachineFamily>();
        return Arrays.stream(ranks)
                .map(rank -> known.computeIfAbsent(rank.offering().instanceType(), MachineFamily::of))
                .toArray(MachineFamily[]::new);
    }

    private Column<GpuName> gpus() {
        var known = new HashMap<String, GpuName>();
        return column(offering -> known.computeIfAbsent(Facts.gpuModel(offering), GpuName::of));
    }

    private <T extends Comparable<T>> Column<T> column(Function<Offering, T> valueOf) {
        return Column.of(ranks.length, rank -> valueOf.apply(ranks[rank].offering()));
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
        return new Walk(filters(query), firstAfter(after), firstDearerThan(query.most(sort)));
    }

    /** Those that drop much stand first: the rest has nothing to do where no row is left. */
    private Filter[] filters(OfferingQuery query) {
        return Stream.of(
                        query.gpus().isEmpty() ? Filter.ALL : gpus.among(GpuWish.of(query.gpus())::wants),
                        query.gpuCount() == null ? Filter.ALL : gpuCounts.among(query.gpuCount()::equals),
                        query.regions().isEmpty() ? Filter.ALL : regions.among(query.regions()::contains),
                        query.machineClasses().isEmpty()
                                ? Filter.ALL
                                : machineClasses.among(query.machineClasses()::contains),
                        query.generations().isEmpty() ? Filter.ALL : generations.among(query::wantsGeneration),
                        query.capacityType() == null ? Filter.ALL : capacityTypes.among(query.capacityType()::equals),
                        otherPrices.atMost(query.most(sort.other())),
                        vcpus.atLeast(query.minVcpu()),
                        vcpus.atMost(query.maxVcpu()),
                        memory.atLeast(query.minMemoryMiB()),
                        gpuMemory.atLeast(query.minGpuMemoryGiB()),
                        availability.atLeast(query.minAvailability()),
                        confidence.atLeast(Facts.rank(query.minConfidence())))
                .filter(filter -> filter != Filter.ALL)
                .toArray(Filter[]::new);
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

    private int firstDearerThan(long most) {
        int low = 0;
        int high = ranks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranks[middle].micros() > most) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private record Ranked(long micros, Offering offering) implements Comparable<Ranked> {

        Position position() {
            return Position.of(micros, offering);
        }

        @Override
        public int compareTo(Ranked other) {
            int byPrice = Long.compare(micros, other.micros);
            return byPrice != 0 ? byPrice : Position.amongEquals(offering, other.offering);
        }
    }

    /** One walk, cheapest first. Not for sharing between threads. */
    final class Walk {

        private final Filter[] filters;
        private final int end;
        private int word;
        private long rows;
        private int rank;

        private Walk(Filter[] filters, int start, int end) {
            this.filters = filters;
            this.end = end;
            this.word = start >>> 6;
            this.rows = start < end ? kept(-1L << start) : 0;
            this.rank = settle();
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
            rank = settle();
            return offering;
        }

        private int settle() {
            while (rows == 0) {
                word++;
                if (word << 6 >= end) {
                    return NO_ROW;
                }
                rows = kept(-1L);
            }
            int next = (word << 6) + Long.numberOfTrailingZeros(rows);
            rows &= rows - 1;
            return next < end ? next : NO_ROW;
        }

        private long kept(long wanted) {
            long left = wanted;
            for (int at = 0; at < filters.length && left != 0; at++) {
                left = filters[at].keep(word, left);
            }
            return left;
        }
    }
}
