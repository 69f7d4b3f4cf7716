package io.spotplane.pricing.recommendation;

import java.math.BigDecimal;

/**
 * How much loss to spot reclaims is acceptable, in the words of the old builder. Its number of pools and its factor on the price are its own;
 * what a word means for the exact plan is stated here: that many pools, and no more than this share of the machines expected to be lost
 * within the horizon.
 */
public enum Risk {
    LOW(3, "1.35", 20),
    MED(2, "1.20", 50),
    HIGH(1, "1.05", 100);

    private final int pools;
    private final BigDecimal bidFactor;
    private final int mostLostPercent;

    Risk(int pools, String bidFactor, int mostLostPercent) {
        this.pools = pools;
        this.bidFactor = new BigDecimal(bidFactor);
        this.mostLostPercent = mostLostPercent;
    }

    /** Over how many pools machines are spread, if there are as many machines. */
    public int pools() {
        return pools;
    }

    /** What the old builder multiplies the price with to come to a bid. */
    public BigDecimal bidFactor() {
        return bidFactor;
    }

    /** Of a hundred machines, so many may be expected to be lost within the horizon. */
    public int mostLostPercent() {
        return mostLostPercent;
    }
}
