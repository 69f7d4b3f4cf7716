package io.spotplane.pricing.deadline;

import java.util.List;

/**
 * What really happened.
 *
 * @param pasts the pools, their first ticks the same moment
 * @param start the tick at which the run begins
 */
public record Recorded(List<PoolPast> pasts, int start) implements Replay.Weather {

    public Recorded {
        pasts = List.copyOf(pasts);
    }

    @Override
    public int pools() {
        return pasts.size();
    }

    @Override
    public int[] ages(int tick) {
        var ages = new int[pasts.size()];
        for (int pool = 0; pool < ages.length; pool++) {
            ages[pool] = pasts.get(pool).ages()[start + tick];
        }
        return ages;
    }
}
