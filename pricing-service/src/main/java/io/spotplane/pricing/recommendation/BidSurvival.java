package io.spotplane.pricing.recommendation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalDouble;

/** What is known of how long a bid holds. Asked for thousands of bids at once: answers from memory and never waits. */
public interface BidSurvival {

    /**
     * The chance, 0 to 1, that a machine that runs now at this bid still runs after {@code horizon}; empty when nothing is known of this
     * offering. Never falls with a higher bid.
     *
     * @param offeringId an offering with bid rules
     * @param bid a bid that its market accepts, for one machine and hour
     * @param horizon how long from now
     */
    OptionalDouble survival(String offeringId, BigDecimal bid, Duration horizon);
}
