package io.spotplane.pricing.bid;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Bids as multiples of the market price, as the tools that Spotplane replaces made them; shown beside the choice, so that nobody has to take its word. */
public enum FormerRule {
    /** Rackspace Spot Tool, "conservative". */
    SPOT_TOOL_CONSERVATIVE("1.10"),
    /** Rackspace Spot Tool, "balanced". */
    SPOT_TOOL_BALANCED("1.25"),
    /** Rackspace Spot Tool, "aggressive". */
    SPOT_TOOL_AGGRESSIVE("1.50"),
    /** rsspot, "high" risk. */
    RSSPOT_HIGH_RISK("1.05"),
    /** rsspot, "medium" risk. */
    RSSPOT_MEDIUM_RISK("1.20"),
    /** rsspot, "low" risk. */
    RSSPOT_LOW_RISK("1.35");

    /** The first rounded to three places; the second did not round, and its bids were refused unless somebody else did. */
    private static final int PLACES = 3;

    private final BigDecimal multiple;

    FormerRule(String multiple) {
        this.multiple = new BigDecimal(multiple);
    }

    BigDecimal bidAt(BigDecimal market) {
        return market.multiply(multiple).setScale(PLACES, RoundingMode.HALF_UP);
    }
}
