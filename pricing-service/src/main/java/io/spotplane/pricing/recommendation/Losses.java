package io.spotplane.pricing.recommendation;

import io.spotplane.pricing.risk.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many machines of a plan are lost within the horizon, as a distribution, computed exactly for this model: a region has bad weather with
 * probability 1/L, in which each of its pools is L times likelier to lose machines, so that two pools of a region fail together L times as often as
 * independent ones; given the weather, pools fail independently; within a pool machines are lost from the lowest bid upwards, all of one bid
 * together. Every machine's own chance stays what it is. Regions are independent (measured lift between them: 1.09).
 */
final class Losses {

    private final List<Group> groups;

    private Losses(List<Group> groups) {
        this.groups = groups;
    }

    /** Machines of one option. */
    record Holding(Option option, int nodes) {}

    /** {@code together} is the L of each region by {@link Option#region()}; 1 where it lacks one. */
    static Losses of(List<Holding> holdings, Map<String, Double> together) {
        Map<String, Map<Pool, List<Holding>>> byRegion = new LinkedHashMap<>();
        for (var holding : holdings) {
            if (holding.nodes() > 0 && holding.option().lost() > 0) {
                byRegion.computeIfAbsent(holding.option().region(), first -> new LinkedHashMap<>())
                        .computeIfAbsent(holding.option().pool(), first -> new ArrayList<>())
                        .add(holding);
            }
        }
        return new Losses(byRegion.entrySet().stream()
                .map(region -> new Group(
                        Math.max(1, together.getOrDefault(region.getKey(), 1.0)),
                        region.getValue().values().stream()
                                .map(pool -> pool.stream()
                                        .sorted(Comparator.comparingDouble(
                                                holding -> -holding.option().lost()))
                                        .toList())
                                .toList()))
                .toList());
    }

    /** The probability of losing exactly 0, 1, 2 … machines. */
    double[] distribution() {
        var all = new double[] {1};
        for (var group : groups) {
            all = convolved(all, group.distribution());
        }
        return all;
    }

    /** The probability of losing more than {@code nodes} machines. */
    double moreThan(int nodes) {
        var distribution = distribution();
        double more = 0;
        for (int lost = distribution.length - 1; lost > nodes; lost--) {
            more += distribution[lost];
        }
        return more;
    }

    private static double[] convolved(double[] one, double[] other) {
        var sum = new double[one.length + other.length - 1];
        for (int at = 0; at < one.length; at++) {
            if (one[at] != 0) {
                for (int more = 0; more < other.length; more++) {
                    sum[at + more] += one[at] * other[more];
                }
            }
        }
        return sum;
    }

    /** The pools of one region, each with its holdings from the likeliest loss on. */
    private record Group(double together, List<List<Holding>> pools) {

        double[] distribution() {
            var bad = given(true);
            if (together == 1) {
                return bad;
            }
            var good = given(false);
            var mixed = new double[bad.length];
            for (int lost = 0; lost < mixed.length; lost++) {
                mixed[lost] = bad[lost] / together + good[lost] * (1 - 1 / together);
            }
            return mixed;
        }

        private double[] given(boolean bad) {
            var all = new double[] {1};
            for (var pool : pools) {
                all = convolved(all, ofPool(pool, bad));
            }
            return all;
        }

        private double[] ofPool(List<Holding> pool, boolean bad) {
            var distribution = new double[pool.stream().mapToInt(Holding::nodes).sum() + 1];
            int lost = 0;
            double before = 1;
            for (var holding : pool) {
                double chance = inWeather(holding.option().lost(), bad);
                distribution[lost] += before - chance;
                lost += holding.nodes();
                before = chance;
            }
            distribution[lost] += before;
            return distribution;
        }

        private double inWeather(double chance, boolean bad) {
            if (bad) {
                return Math.min(1, together * chance);
            }
            return Math.max(0, (chance - 1 / together) / (1 - 1 / together));
        }
    }
}
