package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.Look;
import java.util.stream.LongStream;

/**
 * Where a rung stands in an auction's distribution of the last 30 days. Rungs that stand alike are lost alike, whatever they cost: what is learnt about one is
 * evidence for all.
 *
 * @param shape of the distribution, as far as three percentiles tell
 * @param steps percentiles above the rung for {@link Shape#BELOW}, otherwise rungs above the top, at most {@link #MOST_STEPS}
 */
record Position(Shape shape, int steps) {

    static final int MOST_STEPS = 3;
    private static final double WINDOW_DAYS = 30;

    /** The rung in the distribution that {@code look} saw; not below the market price of that moment. */
    static Position of(Look look, long limit, long rung, Rungs rungs) {
        var top = Math.max(look.p80(), look.market());
        if (limit < top) {
            return new Position(Shape.BELOW, percentilesAbove(look, limit));
        }
        return new Position(Shape.of(look), rungs.above(top, rung, MOST_STEPS));
    }

    private static int percentilesAbove(Look look, long limit) {
        return (int) LongStream.of(look.p20(), look.p50(), look.p80())
                .filter(percentile -> percentile > limit)
                .count();
    }

    /**
     * What the provider's own statement amounts to before anything was learnt: the share of the window above the rung, met once in the window. Of the time above
     * the 80th percentile nothing is known but that it is a fifth; each rung above is presumed to halve it.
     */
    double presumedLossesPerDay() {
        var share = switch (shape) {
            case BELOW -> BELOW_SHARES[steps];
            case CONSTANT, SPREAD -> 0.2 / (1 << steps);
            case SOMETIMES -> 0.25 / (1 << steps);
            case SELDOM -> 0.4 / (1 << steps);
        };
        return share / WINDOW_DAYS;
    }

    /** Middles of the shares between the percentiles; the first for a rung between the 80th percentile and a market above it. */
    private static final double[] BELOW_SHARES = {0.2, 0.35, 0.65, 0.9};

    /** What three percentiles tell of a distribution. */
    enum Shape {
        /** The rung is below the top. */
        BELOW,
        /** The price did not move for most of the time. */
        CONSTANT,
        /** It moved. */
        SPREAD,
        /** No price for a fifth of the time or more, so that the 80th percentile of the time is at most the 75th of the prices. */
        SOMETIMES,
        /** No price for half of the time or more: at most the 60th of the prices. */
        SELDOM;

        static Shape of(Look look) {
            if (look.p50() <= 0) {
                return SELDOM;
            }
            if (look.p20() <= 0) {
                return SOMETIMES;
            }
            return look.p20() == look.p80() ? CONSTANT : SPREAD;
        }
    }
}
