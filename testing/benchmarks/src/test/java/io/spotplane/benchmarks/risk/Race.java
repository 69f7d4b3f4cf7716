package io.spotplane.benchmarks.risk;

import io.spotplane.benchmarks.risk.SpotTraces.TraceSet;
import io.spotplane.pricing.risk.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One replica that must always run somewhere, over recorded availability: it stays where it is until that pool's run ends, and is launched again at
 * the same tick in a pool that is up then, chosen by a rule. What a rule may look at: which pools are up and since when (a probe of submit and cancel
 * costs next to nothing), and everything before.
 */
final class Race {

    private final List<Pool> pools;
    private final double tickHours;
    private final boolean[][] up;
    private final int[][] begin;
    private final int[][] end;
    private final int ticks;

    Race(TraceSet set) {
        this(
                set.pools().stream().map(SpotTraces.Recorded::pool).toList(),
                set.pools().stream()
                        .map(recorded -> IntStream.of(recorded.trace().nodes()).toArray())
                        .toList(),
                set.pools().getFirst().trace().tick().toMillis() / 3_600_000.0);
    }

    private Race(List<Pool> pools, List<int[]> nodes, double tickHours) {
        this.pools = pools;
        this.tickHours = tickHours;
        this.ticks = nodes.stream().mapToInt(samples -> samples.length).min().orElseThrow();
        this.up = new boolean[pools.size()][ticks];
        this.begin = new int[pools.size()][ticks];
        this.end = new int[pools.size()][ticks];
        for (int pool = 0; pool < pools.size(); pool++) {
            measureRuns(nodes.get(pool), pool);
        }
    }

    private void measureRuns(int[] nodes, int pool) {
        for (int at = 0; at < ticks; at++) {
            up[pool][at] = nodes[at] > 0;
            begin[pool][at] = at > 0 && up[pool][at] == up[pool][at - 1] ? begin[pool][at - 1] : at;
        }
        for (int at = ticks - 1; at >= 0; at--) {
            end[pool][at] = at + 1 < ticks && up[pool][at] == up[pool][at + 1] ? end[pool][at + 1] : at + 1;
        }
    }

    List<Pool> pools() {
        return pools;
    }

    int ticks() {
        return ticks;
    }

    double tickHours() {
        return tickHours;
    }

    boolean up(int pool, int tick) {
        return up[pool][tick];
    }

    /** Tick at which the state that {@code pool} is in at {@code tick} ends. */
    int end(int pool, int tick) {
        return end[pool][tick];
    }

    /** Hours for which {@code pool} has been as it is at {@code tick}, that tick included: it was probed at its beginning. */
    double ageHours(int pool, int tick) {
        return (tick - begin[pool][tick]) * tickHours;
    }

    /** A way to choose; told of what it lost, because some rules remember that. */
    interface Rule {

        /** One of {@code candidates}, which are up at {@code tick}, in the order of price. */
        int choose(int tick, List<Integer> candidates);

        /** The machine in {@code pool} was taken back. */
        default void lost(int pool) {}
    }

    /** A rule for each window: those with memory begin anew. */
    interface RuleForWindow {
        Rule begin();
    }

    /** Sums over windows. */
    static final class Tally {

        private int losses;
        private double upHours;
        private double hours;

        double lossesPerDay() {
            return losses / (hours / 24);
        }

        double uptime() {
            return upHours / hours;
        }
    }

    /** Windows of {@code days} in the last two thirds, each with pools in random price order, the same for every rule. */
    List<Tally> run(List<RuleForWindow> rules, int windows, double days, long seed) {
        var random = new Random(seed);
        int first = ticks / 3;
        int length = Math.min((int) (days * 24 / tickHours), (ticks - first) * 3 / 5);
        var tallies = rules.stream().map(rule -> new Tally()).toList();
        for (int window = 0; window < windows; window++) {
            int start = first + random.nextInt(ticks - first - length + 1);
            var order = new ArrayList<>(IntStream.range(0, pools.size()).boxed().toList());
            Collections.shuffle(order, random);
            for (int rule = 0; rule < rules.size(); rule++) {
                live(rules.get(rule).begin(), order, start, start + length, tallies.get(rule));
            }
        }
        return tallies;
    }

    private void live(Rule rule, List<Integer> order, int from, int to, Tally tally) {
        int at = from;
        while (at < to) {
            int now = at;
            var candidates = order.stream().filter(pool -> up[pool][now]).toList();
            if (candidates.isEmpty()) {
                at = order.stream().mapToInt(pool -> end[pool][now]).min().orElseThrow();
                continue;
            }
            int chosen = rule.choose(at, candidates);
            int over = end[chosen][at];
            tally.upHours += (Math.min(over, to) - at) * tickHours;
            if (over < to) {
                tally.losses++;
                rule.lost(chosen);
            }
            at = over;
        }
        tally.hours += (to - from) * tickHours;
    }
}
