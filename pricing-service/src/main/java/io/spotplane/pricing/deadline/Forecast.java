package io.spotplane.pricing.deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What might happen, drawn from the learnt chains: pools are independent of each other here. The same seed draws the same.
 */
final class Forecast implements Replay.Weather {

    private final AvailabilityChain[] chains;
    private final SplittableRandom random;
    private final List<int[]> drawn = new ArrayList<>();

    Forecast(AvailabilityChain[] chains, int[] ages, long seed) {
        this.chains = chains;
        this.random = new SplittableRandom(seed);
        drawn.add(ages);
    }

    @Override
    public int pools() {
        return chains.length;
    }

    @Override
    public int[] ages(int tick) {
        while (drawn.size() <= tick) {
            drawn.add(next(drawn.getLast()));
        }
        return drawn.get(tick);
    }

    private int[] next(int[] ages) {
        var next = ages.clone();
        for (int pool = 0; pool < next.length; pool++) {
            int side = Integer.signum(next[pool]);
            next[pool] = random.nextDouble() < chains[pool].turns(next[pool]) ? -side : next[pool] + side;
        }
        return next;
    }
}
