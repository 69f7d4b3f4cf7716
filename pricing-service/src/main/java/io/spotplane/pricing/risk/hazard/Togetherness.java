package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much likelier a pool loses a machine while another loses one: losses of the other within {@link #WINDOW} of a loss, over what its own rate
 * would bring. Lifts of pairs are shrunk to those of their kind, and those to the carried prior. Immutable.
 */
public final class Togetherness {

    /** Losses this far apart still count as together. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** Losses that are looked at: the latest, because the work grows with losses times pools. */
    private static final int MAX_LOSSES = 2_000;
    /** Expected common losses that a prior lift is worth. */
    private static final double WEIGHT = 5;

    private final Map<Kind, Count> kinds;
    private final Map<Pair, Count> pairs;

    private Togetherness(Map<Kind, Count> kinds, Map<Pair, Count> pairs) {
        this.kinds = kinds;
        this.pairs = pairs;
    }

    /** What two pools have to do with each other. */
    public enum Kind {
        /**
         * Two machines of one pool. Prior: spot-market measurements of co-interruptions (arXiv 2604.16457: over 92 % within three minutes in one
         * type and zone) against a base of 8.7 % in the window.
         */
        SAME_POOL(10),
        /** Same type family, other zone of one region. Prior: measured 24.2 % against a base of 8.7 %. */
        SAME_REGION(2.79),
        /** Same type family and provider, other region. Prior: measured. */
        OTHER_REGION(1.09),
        /** Another type family in one region. */
        OTHER_FAMILY(1),
        /** Nothing in common but being for sale. */
        UNRELATED(1);

        private final double prior;

        Kind(double prior) {
            this.prior = prior;
        }

        /** The kind of {@code one} and {@code other}. */
        public static Kind of(Pool one, Pool other) {
            if (one.equals(other)) {
                return SAME_POOL;
            }
            if (!one.provider().equals(other.provider())) {
                return UNRELATED;
            }
            boolean family = one.family().equals(other.family());
            boolean region = one.region().equals(other.region());
            return family ? (region ? SAME_REGION : OTHER_REGION) : (region ? OTHER_FAMILY : UNRELATED);
        }
    }

    /** Learns from {@code lives}; those of one pool may overlap. */
    public static Togetherness learn(List<Spell> lives) {
        var byPool = new HashMap<Pool, Neighbour>();
        for (var life : lives) {
            byPool.computeIfAbsent(life.pool(), pool -> new Neighbour()).lives.add(life);
        }
        byPool.values().forEach(Neighbour::sort);
        var kinds = new EnumMap<Kind, Count>(Kind.class);
        var pairs = new HashMap<Pair, Count>();
        for (var loss : latestLosses(byPool)) {
            byPool.forEach((pool, neighbour) -> {
                if (neighbour.wasThere(loss)) {
                    boolean lost = neighbour.lostWith(loss);
                    double expected = neighbour.expected();
                    kinds.computeIfAbsent(Kind.of(loss.pool(), pool), kind -> new Count())
                            .add(lost, expected);
                    pairs.computeIfAbsent(Pair.of(loss.pool(), pool), pair -> new Count())
                            .add(lost, expected);
                }
            });
        }
        return new Togetherness(kinds, pairs);
    }

    private static List<Spell> latestLosses(Map<Pool, Neighbour> byPool) {
        return byPool.values().stream()
                .flatMap(neighbour -> neighbour.losses().stream())
                .sorted(Comparator.comparing(Spell::to).reversed())
                .limit(MAX_LOSSES)
                .toList();
    }

    /** The lift of {@code one} and {@code other}: 1 when they are independent. */
    public double lift(Pool one, Pool other) {
        var kind = Kind.of(one, other);
        double ofKind = lift(kind);
        var pair = pairs.get(Pair.of(one, other));
        return pair == null ? ofKind : pair.lift(ofKind);
    }

    /** The lift of all pairs of {@code kind}. */
    public double lift(Kind kind) {
        var count = kinds.get(kind);
        return count == null ? kind.prior : count.lift(kind.prior);
    }

    /** Common losses that were seen of {@code one} and {@code other}. */
    public int together(Pool one, Pool other) {
        var pair = pairs.get(Pair.of(one, other));
        return pair == null ? 0 : pair.together;
    }

    /** Losses of one of the two while the other had a machine. */
    public int occasions(Pool one, Pool other) {
        var pair = pairs.get(Pair.of(one, other));
        return pair == null ? 0 : pair.occasions;
    }

    private record Pair(Pool one, Pool other) {

        static Pair of(Pool one, Pool other) {
            return one.toString().compareTo(other.toString()) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private static final class Count {

        private int occasions;
        private int together;
        private double expected;

        void add(boolean lost, double moreExpected) {
            occasions++;
            together += lost ? 1 : 0;
            expected += moreExpected;
        }

        double lift(double prior) {
            return (WEIGHT * prior + together) / (WEIGHT + expected);
        }
    }

    /** The lives of one pool. */
    private static final class Neighbour {

        private final List<Spell> lives = new ArrayList<>();
        private List<Spell> losses = List.of();
        private double expected;

        void sort() {
            lives.sort(Comparator.comparing(Spell::to));
            losses = episodes();
            double hours =
                    lives.stream().mapToDouble(life -> life.ageHours(life.to())).sum();
            long ends = lives.stream().filter(Spell::ended).count();
            double rate = (ends + 0.5) / (hours + 1);
            expected = -Math.expm1(-rate * 2 * AgeBand.hours(WINDOW));
        }

        /** Losses within a window of each other are one. */
        private List<Spell> episodes() {
            var first = new ArrayList<Spell>();
            for (var life : lives) {
                if (life.ended() && (first.isEmpty() || apart(first.getLast(), life))) {
                    first.add(life);
                }
            }
            return first;
        }

        private static boolean apart(Spell earlier, Spell later) {
            return Duration.between(earlier.to(), later.to()).compareTo(WINDOW) > 0;
        }

        List<Spell> losses() {
            return losses;
        }

        /** Chance of a loss within the window around any moment. */
        double expected() {
            return expected;
        }

        boolean wasThere(Spell loss) {
            var before = loss.to().minus(WINDOW);
            return endingFrom(before).anyMatch(life -> life != loss && life.wasOnAt(before));
        }

        boolean lostWith(Spell loss) {
            var before = loss.to().minus(WINDOW);
            var after = loss.to().plus(WINDOW);
            return endingFrom(before)
                    .anyMatch(life -> life != loss
                            && life.ended()
                            && life.wasOnAt(before)
                            && !life.to().isAfter(after));
        }

        /** Lives that end after {@code moment}, the first to end first. */
        private Stream<Spell> endingFrom(Instant moment) {
            int low = 0;
            int high = lives.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (lives.get(middle).to().isAfter(moment)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return lives.subList(low, lives.size()).stream();
        }
    }
}
