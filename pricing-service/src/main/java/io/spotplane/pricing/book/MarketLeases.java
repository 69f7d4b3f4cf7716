package io.spotplane.pricing.book;

import io.spotplane.pricing.offering.MarketReport;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Who may collect which market, and when: one row for each, timed by the database's clock, for any number of replicas. */
public interface MarketLeases {

    /**
     * Takes the market if it is due and nobody holds it, and sets it due again after {@code every}.
     *
     * @param term how long it lasts unless extended by writing; longer than a sweep may take
     */
    Mono<LeaseAttempt> take(String provider, String owner, Duration every, Duration term);

    /**
     * Gives the market back with what came of it.
     *
     * @param pause least time until it is due again, such as a provider asked for
     * @return fails with {@link LeaseLost} when it was no longer ours
     */
    Mono<Void> giveBack(Lease lease, MarketReport report, Duration pause);

    /**
     * Makes a market due now, unless somebody is at it or was a moment ago. Asking again changes nothing.
     *
     * @param leastPause from the start of the last round
     * @return empty when nobody ever took the market
     */
    Mono<Forcing> force(String provider, Duration leastPause);

    /** Gives everything back that {@code owner} holds, due at once: it stops in mid-round. */
    Mono<Void> giveBackAll(String owner);
}
