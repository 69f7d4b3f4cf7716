package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.Look;
import java.util.Arrays;

/** The rungs that can be told apart by percentiles alone. */
final class PercentileRungs {

    private PercentileRungs() {}

    /**
     * From the first that holds at the market of now to some above the 80th percentile; not above its rung while nothing was learnt yet, because then nothing is
     * known about what lies there.
     */
    static long[] of(PositionHazards hazards, Look published, Rungs rungs, Ties ties) {
        var all = PositionHazards.around(published, rungs, ties);
        var p80 = LikeP80.bid(published, rungs);
        return hazards.learnt()
                ? all
                : Arrays.stream(all)
                        .filter(rung -> rung <= Math.max(p80, all[0]))
                        .toArray();
    }
}
