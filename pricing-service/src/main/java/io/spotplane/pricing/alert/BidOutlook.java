package io.spotplane.pricing.alert;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** What is known about how long a bid will hold. Answers from memory: never waits, never does I/O. */
public interface BidOutlook {

    /**
     * The chance that capacity of {@code offeringId} held at {@code bid} ends within {@code horizon}; empty when nothing is known.
     *
     * @param bid an hour, for the whole machine
     */
    Optional<Outlook> endsWithin(String offeringId, BigDecimal bid, Duration horizon);

    /**
     * An estimate.
     *
     * @param probability 0 to 1
     * @param basis what it rests on, for people: {@code 214 auctions of the last 30 days}
     */
    record Outlook(double probability, String basis) {}
}
