package io.spotplane.pricing.book;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The truth about what is and was for sale. */
public interface PriceBook {

    /**
     * Writes down {@code changes} and extends the lease; and, for those that {@code debounce} lets through, their history rows and their events. All or
     * nothing of a round, in one transaction: others hear of it when everything stands.
     *
     * @param changes of the lease's market; each offering once
     * @param at when Spotplane learnt of them
     * @return fails with {@link LeaseLost} when the lease is no longer ours
     */
    Mono<Recorded> record(Lease lease, List<Change> changes, Debounce debounce, Instant at);

    /** As {@link #record(Lease, List, Debounce, Instant)}, with each change told at once. Answers the market's version from now on. */
    default Mono<Long> record(Lease lease, List<Change> changes, Instant at) {
        return record(lease, changes, Debounce.NONE, at).map(Recorded::version);
    }

    /** What is written down about {@code provider}'s market; empty when nothing is. */
    Mono<Page> read(String provider);

    /** The version of every market. */
    Mono<Map<String, Long>> versions();

    /**
     * A market as it is written down.
     *
     * @param provider the market
     * @param version its version
     * @param report how it is doing; null when nobody finished a round yet
     * @param offerings what is for sale, by id
     */
    record Page(String provider, long version, @Nullable MarketReport report, Map<String, Offering> offerings) {}
}
