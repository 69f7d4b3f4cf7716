package io.spotplane.pricing.deadline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All pools as one Markov chain that is small enough to plan on. What is known while no spot machine is held is which of the pools that are up is best, and how
 * long it has been up; or that none is up, and for how long. Pools are ranked by price and by how often they lose machines: a machine of a pool that is lost
 * {@code h} times a tick costs {@code rate × (1 + h × start-up)} for each tick of work.
 *
 * <p>Where one lands after a loss is learnt from what followed on losses of that pool, so that pools that fail together count as such. Each state either
 * stays, grows into the next age, <em>leaves</em> (the best pool goes down, or the first comes up) or <em>rises</em> (a better pool comes up); the last two
 * lead to {@link #landings}.
 */
final class Outlook {

    /** What a landing is believed to be before any was seen, in landings: as the others are on average. */
    private static final double PRIOR_LANDINGS = 2;

    private final AvailabilityChain[] chains;
    private final double[] rates;
    private final int[] ranked;
    private final int[] rankOf;
    private final int[] firstState;
    private final AvailabilityChain.Side nothing;
    final int states;
    final double[] grows;
    final double[] leaves;
    final double[] rises;
    final int[] leavesTo;
    final int[] risesTo;
    double[][] landings = new double[0][];

    private Outlook(AvailabilityChain[] chains, double[] rates, int startUp, AvailabilityChain.Side nothing) {
        int pools = chains.length;
        this.chains = chains;
        this.rates = rates;
        this.nothing = nothing;
        var effective = new double[pools];
        for (int pool = 0; pool < pools; pool++) {
            effective[pool] = rates[pool] * (1 + startUp * overall(chains[pool].up()));
        }
        ranked = IntStream.range(0, pools)
                .boxed()
                .sorted(Comparator.comparingDouble(pool -> effective[pool]))
                .mapToInt(Integer::intValue)
                .toArray();
        rankOf = new int[pools];
        firstState = new int[pools + 1];
        int next = 0;
        for (int rank = 0; rank < pools; rank++) {
            rankOf[ranked[rank]] = rank;
            firstState[ranked[rank]] = next;
            next += chains[ranked[rank]].up().bands();
        }
        firstState[pools] = next;
        states = next + nothing.bands();
        grows = new double[states];
        leaves = new double[states];
        rises = new double[states];
        leavesTo = new int[states];
        risesTo = new int[states];
    }

    /** Half-way between the chance of the young and of the old: a machine meets both. */
    private static double overall(AvailabilityChain.Side side) {
        double stays = 0;
        double alive = 1;
        for (int band = 0; band < side.bands(); band++) {
            double ends = side.chances()[band];
            double passes = side.grows(band);
            double length = 1 / (ends + passes);
            stays += alive * length;
            alive *= passes * length;
        }
        return 1 / stays;
    }

    /** Learns the outlook of {@code pasts}, whose last ticks are the same moment, for pools of {@code rates}. */
    static Outlook of(List<PoolPast> pasts, double[] rates, int startUp, LearnChain learn) {
        var chains = pasts.stream().map(learn::of).toArray(AvailabilityChain[]::new);
        var together = new Together(pasts);
        var outlook =
                new Outlook(chains, rates, startUp, learn.of(together.anyUp()).down());
        outlook.count(together);
        return outlook;
    }

    private void count(Together past) {
        int pools = chains.length;
        // Landings: one for a loss of each pool, one for a rise above each, one for the end of nothing.
        var seen = new double[2 * pools + 1][states];
        var usual = new double[2 * pools + 1][states];
        var better = new double[pools];
        var ticks = new double[pools];
        for (int at = 0; at + 1 < past.ticks(); at++) {
            int state = stateOf(past.ages(at));
            int next = stateOf(past.ages(at + 1));
            int pool = poolOf(state);
            for (int lost = 0; lost < pools; lost++) {
                usual[lost][stateWithout(past.ages(at), lost)]++;
            }
            if (pool < 0) {
                if (poolOf(next) >= 0) {
                    seen[2 * pools][next]++;
                }
            } else if (past.ages(at + 1)[pool] < 0) {
                seen[pool][next]++;
            } else {
                ticks[pool]++;
                if (poolOf(next) != pool) {
                    better[pool]++;
                    seen[pools + pool][next]++;
                }
            }
        }
        for (int pool = 0; pool < pools; pool++) {
            for (int above = 0; above < rankOf[pool]; above++) {
                usual[pools + pool][firstState[ranked[above]]] = 1;
            }
            usual[2 * pools][firstState[pool]] = 1;
        }
        landings = new double[2 * pools + 1][];
        for (int landing = 0; landing < landings.length; landing++) {
            landings[landing] = blend(seen[landing], usual[landing]);
        }
        for (int pool = 0; pool < pools; pool++) {
            describe(pool, rankOf[pool] == 0 ? 0 : (better[pool] + 0.1) / (ticks[pool] + 50));
        }
        for (int band = 0; band < nothing.bands(); band++) {
            int state = firstState[pools] + band;
            grows[state] = nothing.grows(band);
            leaves[state] = nothing.chances()[band];
            leavesTo[state] = 2 * pools;
        }
    }

    private void describe(int pool, double rising) {
        var up = chains[pool].up();
        for (int band = 0; band < up.bands(); band++) {
            int state = firstState[pool] + band;
            grows[state] = up.grows(band);
            leaves[state] = up.chances()[band];
            leavesTo[state] = pool;
            rises[state] = rising;
            risesTo[state] = chains.length + pool;
        }
    }

    private static double[] blend(double[] seen, double[] usual) {
        double seenSum = Arrays.stream(seen).sum();
        double usualSum = Arrays.stream(usual).sum();
        var blended = new double[seen.length];
        for (int state = 0; state < blended.length; state++) {
            double prior = usualSum == 0 ? 0 : PRIOR_LANDINGS * usual[state] / usualSum;
            blended[state] = (seen[state] + prior) / (seenSum + (usualSum == 0 ? 0 : PRIOR_LANDINGS));
        }
        if (seenSum + usualSum == 0) {
            blended[blended.length - 1] = 1;
        }
        return blended;
    }

    /** The pool that is best in {@code state}; -1 when none is up. */
    int poolOf(int state) {
        if (state >= firstState[chains.length]) {
            return -1;
        }
        for (int pool = 0; pool < chains.length; pool++) {
            if (state >= firstState[pool]
                    && state < firstState[pool] + chains[pool].up().bands()) {
                return pool;
            }
        }
        throw new IllegalStateException("state " + state + " belongs to no pool");
    }

    /** How many states have a pool that is up; they come first, and are the states of a machine of that pool as well. */
    int upStates() {
        return firstState[chains.length];
    }

    double rate(int state) {
        return rates[poolOf(state)];
    }

    /** What is seen when nothing is held. */
    int stateOf(int[] ages) {
        return stateWithout(ages, -1);
    }

    private int stateWithout(int[] ages, int without) {
        int downSince = Integer.MAX_VALUE;
        for (int pool : ranked) {
            if (pool != without && ages[pool] > 0) {
                return stateOf(pool, ages[pool]);
            }
            downSince = Math.min(downSince, Math.abs(ages[pool]));
        }
        return firstState[chains.length] + (without < 0 ? nothing.band(downSince) : 0);
    }

    /** What is seen of a machine that is held in {@code pool}. */
    int stateOf(int pool, int age) {
        return firstState[pool] + chains[pool].up().band(age);
    }

    AvailabilityChain[] chains() {
        return chains;
    }

    /** Several pasts, laid beside each other at their last tick. */
    private record Together(List<PoolPast> pasts, int ticks) {

        Together(List<PoolPast> pasts) {
            this(pasts, pasts.stream().mapToInt(PoolPast::ticks).min().orElseThrow());
        }

        int[] ages(int at) {
            var ages = new int[pasts.size()];
            for (int pool = 0; pool < ages.length; pool++) {
                var past = pasts.get(pool);
                ages[pool] = past.ages()[past.ticks() - ticks + at];
            }
            return ages;
        }

        PoolPast anyUp() {
            if (pasts.size() == 1) {
                return pasts.getFirst();
            }
            var up = new boolean[ticks];
            for (int at = 0; at < ticks; at++) {
                up[at] = Arrays.stream(ages(at)).anyMatch(age -> age > 0);
            }
            return PoolPast.of(up);
        }
    }
}
