package io.spotplane.pricing.book;

import java.time.Duration;

/** What came of asking for a lease. */
public sealed interface LeaseAttempt {

    /** It is ours. */
    record Taken(Lease lease) implements LeaseAttempt {}

    /**
     * The market is not due yet, or another replica is at it.
     *
     * @param pause how long until asking again makes sense
     */
    record NotYet(Duration pause) implements LeaseAttempt {}
}
