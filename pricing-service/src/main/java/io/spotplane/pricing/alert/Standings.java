package io.spotplane.pricing.alert;

import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** How every alert stands in every market, whoever's it is. */
interface Standings {

    /** Those of all alerts in the market of {@code provider}. */
    Mono<List<Standing>> in(String provider);

    /** Those of {@code alerts} alone. */
    Mono<List<Standing>> in(String provider, Collection<UUID> alerts);

    /** Up to which version {@code provider}'s market was held against the alerts; 0 when it never was. */
    Mono<Long> progress(String provider);

    /** It was held against them up to {@code version}. */
    Mono<Void> progressed(String provider, long version);

    /**
     * Writes {@code judgements} down, and raises or clears the alerts that change by it, in one transaction with the events that tell of it.
     * Safe to repeat; words about an older version than those that were said already are passed over.
     *
     * @param version of the book that was judged by
     * @return the alerts that were raised or cleared, by kind
     */
    Mono<List<Turn>> settle(String provider, long version, List<Judgement> judgements, Instant at);

    /** At most {@code limit} alerts that not every market has spoken about yet. */
    Mono<Set<UUID>> unjudged(int limit);

    /** Every market has spoken about {@code alerts}. */
    Mono<Void> judged(Collection<UUID> alerts, Instant at);

    /** Bids that every market last spoke about before {@code age} are to be spoken about again. */
    Mono<Void> askAgainAboutBids(Duration age);

    /** The version of the book of every market that was collected within the last week; one that was not has nothing to say. */
    Mono<Map<String, Long>> versions();

    /**
     * An alert that was raised or cleared.
     *
     * @param kind of the alert
     * @param raised whether it was raised
     */
    record Turn(Kind kind, boolean raised) {}
}
