package io.spotplane.pricing.risk.hazard;

import static io.spotplane.pricing.risk.hazard.AgeBand.COUNT;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.BandRates.Basis;
import io.spotplane.pricing.risk.hazard.BandRates.Basis.Level;
import io.spotplane.pricing.risk.hazard.Strengths.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hazards by pool and age band, empirical Bayes: a pool's hazard in a band is the band's hazard over all pools times the effects of its type
 * family, region and pool, times its own deviation in that band. Effects are Gamma around what they belong to, ends are Poisson, so that every
 * posterior is closed: a hierarchy of credibility (Bühlmann and Straub 1970, Jewell 1975) whose strengths come from marginal likelihood.
 * Immutable.
 */
public final class HazardModel {

    private static final int ROUNDS = 4;
    private static final double MONTH_HOURS = 730;
    /** How far a provider's own word is trusted against what is known of its neighbours, before anything was seen of the pool. */
    private static final double TRUST_IN_STATED = 0.9;
    /** A stated class is worth one reclaim. */
    private static final double STATED_SHAPE = 1;

    private final double[] base;
    private final double seenHours;
    private final Strengths strengths;
    private final Map<String, Node> families;
    private final Map<String, Node> regions;
    private final Map<Pool, Exposure> seen;
    private final StatedRates stated;

    private HazardModel(Fit fit, Map<Pool, Exposure> seen, StatedRates stated) {
        this.base = fit.base;
        this.strengths = fit.strengths;
        this.families = fit.families;
        this.regions = fit.regions;
        this.seen = seen;
        this.seenHours = seen.values().stream().mapToDouble(Exposure::hours).sum();
        this.stated = stated;
    }

    /** What {@code seen} teaches about {@code process}. Takes time linear in the number of pools; keeps {@code seen}, which must not change. */
    public static HazardModel fit(Process process, Map<Pool, Exposure> seen, StatedRates stated) {
        var fit = new Fit(process, seen);
        for (int round = 0; round < ROUNDS; round++) {
            fit.next();
        }
        return new HazardModel(fit, seen, stated);
    }

    /** The hazards of {@code pool}; of one that nobody saw what is known of its region, family, or of spot capacity. */
    public BandRates of(Pool pool) {
        var exposure = seen.get(pool);
        var parent = parentOf(pool);
        if (exposure == null) {
            exposure = new Exposure();
        }
        var effect = effect(pool, exposure, parent);
        return rates(exposure, effect, basis(pool, exposure));
    }

    /** Pools of which something was seen. */
    public Iterable<Pool> pools() {
        return seen.keySet();
    }

    // --- the pool's own effect

    private Effect effect(Pool pool, Exposure exposure, Effect parent) {
        double expected = expected(exposure, base);
        var learnt = posterior(parent, strengths.pool(), exposure.ends(), expected);
        var share = stated.monthlyShare(pool);
        if (share.isEmpty()) {
            return learnt;
        }
        // A mixture of "its provider is right" and "it is like its neighbours", collapsed to its first two moments.
        var word = new Effect(-Math.log1p(-share.getAsDouble()) / overAMonth(), 0);
        var believed = posterior(word, STATED_SHAPE, exposure.ends(), expected);
        double odds = Math.log(TRUST_IN_STATED / (1 - TRUST_IN_STATED))
                + likelihood(word, STATED_SHAPE, exposure.ends(), expected)
                - likelihood(parent, strengths.pool(), exposure.ends(), expected);
        return Effect.mixed(1 / (1 + Math.exp(-odds)), believed, learnt);
    }

    private static double likelihood(Effect parent, double strength, double ends, double expected) {
        return expected == 0 ? 0 : Strengths.negativeBinomial(new Group(ends, expected * parent.mean), strength);
    }

    /** Ends that a machine which is 0 hours old now meets in a month, at the hazards of all spot capacity. */
    private double overAMonth() {
        double sum = 0;
        for (var band : AgeBand.values()) {
            sum += base[band.ordinal()] * band.overlap(0, MONTH_HOURS);
        }
        return sum;
    }

    private static Effect posterior(Effect parent, double strength, double ends, double expected) {
        double weight = strength + expected * parent.mean;
        double fromParent = strength / weight;
        return new Effect(
                parent.mean * (strength + ends) / weight,
                1 / (strength + ends) + fromParent * fromParent * parent.relativeVariance);
    }

    private Effect parentOf(Pool pool) {
        var region = regions.get(regionKey(pool));
        if (region != null) {
            return region.effect;
        }
        var family = families.get(familyKey(pool));
        var known = family == null ? new Effect(1, 1 / strengths.family()) : family.effect;
        return new Effect(known.mean, known.relativeVariance + 1 / strengths.region());
    }

    private Basis basis(Pool pool, Exposure exposure) {
        var level = exposure.hours() > 0
                ? Level.POOL
                : stated.monthlyShare(pool).isPresent()
                        ? Level.STATED
                        : regions.containsKey(regionKey(pool))
                                ? Level.REGION
                                : families.containsKey(familyKey(pool))
                                        ? Level.FAMILY
                                        : seenHours > 0 ? Level.SPOT : Level.PRIOR;
        return new Basis(level, exposure.ends(), exposure.hours());
    }

    // --- its bands

    private BandRates rates(Exposure exposure, Effect effect, Basis basis) {
        var mean = new double[COUNT];
        var own = new double[COUNT];
        var shared = new double[COUNT];
        double deviation = Math.sqrt(effect.relativeVariance);
        for (int band = 0; band < COUNT; band++) {
            double strength = strengths.band(band);
            double expectedRate = effect.mean * base[band];
            double shape = strength + exposure.ends(band);
            double rate = strength / expectedRate + exposure.hours(band);
            mean[band] = shape / rate;
            own[band] = shape / (rate * rate);
            shared[band] = mean[band] * deviation * strength / (expectedRate * rate);
        }
        return new BandRates(mean, own, shared, basis);
    }

    private static double expected(Exposure exposure, double[] base) {
        double sum = 0;
        for (int band = 0; band < COUNT; band++) {
            sum += exposure.hours(band) * base[band];
        }
        return sum;
    }

    private static String familyKey(Pool pool) {
        return pool.provider() + '|' + pool.family();
    }

    private static String regionKey(Pool pool) {
        return familyKey(pool) + '|' + pool.region();
    }

    /** A factor on the hazard, and its variance relative to its square. */
    private record Effect(double mean, double relativeVariance) {

        static Effect mixed(double weight, Effect one, Effect other) {
            double mean = weight * one.mean + (1 - weight) * other.mean;
            double square = weight * one.square() + (1 - weight) * other.square();
            return new Effect(mean, Math.max(0, square / (mean * mean) - 1));
        }

        private double square() {
            return mean * mean * (1 + relativeVariance);
        }
    }

    /** A region or a family: what its members say together. */
    private static final class Node {

        private final @Nullable Node parent;
        private double weight;
        private double weighted;
        private Effect effect = new Effect(1, 0);

        Node(@Nullable Node parent) {
            this.parent = parent;
        }

        void forget() {
            weight = 0;
            weighted = 0;
        }

        /** A member with this many ends where {@code expected} would be normal; it counts for no more than its strength. */
        void hear(double ends, double expected, double strength) {
            double share = strength / (strength + expected);
            weight += expected * share;
            weighted += ends * share;
        }

        void settle(double strength) {
            var from = parent == null ? new Effect(1, 0) : parent.effect;
            double total = strength + weight;
            double fromParent = strength / total;
            effect = new Effect(
                    (strength * from.mean + weighted) / total,
                    1 / total + fromParent * fromParent * from.relativeVariance);
        }

        Group group() {
            return new Group(weighted, weight * (parent == null ? 1 : parent.effect.mean));
        }
    }

    /** The fit, by turns: base hazards given effects, effects given base hazards, strengths given both. */
    private static final class Fit {

        private final Process process;
        private final List<Leaf> leaves = new ArrayList<>();
        private final Map<String, Node> families = new LinkedHashMap<>();
        private final Map<String, Node> regions = new HashMap<>();
        private final double[] base = new double[COUNT];
        private Strengths strengths = Strengths.firstGuess();

        Fit(Process process, Map<Pool, Exposure> seen) {
            this.process = process;
            seen.forEach((pool, exposure) -> {
                if (exposure.hours() > 0) {
                    leaves.add(new Leaf(exposure, regionOf(pool)));
                }
            });
            estimateBase();
        }

        private Node regionOf(Pool pool) {
            var family = families.computeIfAbsent(familyKey(pool), key -> new Node(null));
            return regions.computeIfAbsent(regionKey(pool), key -> new Node(family));
        }

        void next() {
            hearUpwards();
            settleDownwards();
            estimateBase();
            strengths = new Strengths(
                    Strengths.likeliest(Strengths.FAMILY_GUESS, groups(families)),
                    Strengths.likeliest(Strengths.REGION_GUESS, groups(regions)),
                    Strengths.likeliest(
                            Strengths.POOL_GUESS,
                            leaves.stream().map(Leaf::group).toList()),
                    bandStrengths());
        }

        private double[] bandStrengths() {
            var bands = new double[COUNT];
            for (int at = 0; at < COUNT; at++) {
                int band = at;
                bands[at] = Strengths.likeliest(
                        Strengths.BAND_GUESS,
                        leaves.stream()
                                .filter(leaf -> leaf.exposure.hours(band) > 0)
                                .map(leaf -> leaf.group(band, base[band]))
                                .toList());
            }
            return bands;
        }

        private static List<Group> groups(Map<String, Node> nodes) {
            return nodes.values().stream()
                    .map(Node::group)
                    .filter(group -> group.expected() > 0)
                    .toList();
        }

        private void hearUpwards() {
            Stream.concat(families.values().stream(), regions.values().stream()).forEach(Node::forget);
            for (var leaf : leaves) {
                leaf.expected = expected(leaf.exposure, base);
                leaf.region.hear(leaf.exposure.ends(), leaf.expected, strengths.pool());
            }
            for (var region : regions.values()) {
                Objects.requireNonNull(region.parent).hear(region.weighted, region.weight, strengths.region());
            }
        }

        private void settleDownwards() {
            families.values().forEach(family -> family.settle(strengths.family()));
            regions.values().forEach(region -> region.settle(strengths.region()));
            for (var leaf : leaves) {
                leaf.effect = posterior(leaf.region.effect, strengths.pool(), leaf.exposure.ends(), leaf.expected).mean;
            }
        }

        private void estimateBase() {
            var ends = new double[COUNT];
            var hours = new double[COUNT];
            Arrays.fill(ends, Process.WEIGHT);
            for (var band : AgeBand.values()) {
                hours[band.ordinal()] = Process.WEIGHT / process.prior(band);
            }
            for (var leaf : leaves) {
                for (int band = 0; band < COUNT; band++) {
                    ends[band] += leaf.exposure.ends(band);
                    hours[band] += leaf.exposure.hours(band) * leaf.effect;
                }
            }
            for (int band = 0; band < COUNT; band++) {
                base[band] = ends[band] / hours[band];
            }
        }
    }

    /** A pool that was seen. */
    private static final class Leaf {

        private final Exposure exposure;
        private final Node region;
        private double expected;
        private double effect = 1;

        Leaf(Exposure exposure, Node region) {
            this.exposure = exposure;
            this.region = region;
        }

        Group group() {
            return new Group(exposure.ends(), expected * region.effect.mean);
        }

        Group group(int band, double hazard) {
            return new Group(exposure.ends(band), exposure.hours(band) * effect * hazard);
        }
    }
}
