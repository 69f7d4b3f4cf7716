package io.spotplane.pricing.trace;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class R2dbcOwnObservations implements OwnObservations {

    /** What happened before says little about tomorrow. */
    private static final Duration LOOK_BACK = Duration.ofDays(45);

    /** Several sweeps of a market lie in each. */
    private static final Duration TICK = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_CHANGES = 50_000;

    private static final String CHANGES = """
            SELECT received_at, for_sale AND availability <> 'NONE' AS up, availability <> 'UNKNOWN' AS told
              FROM price_history
             WHERE offering_key = (SELECT key FROM offering WHERE id = :id) AND received_at >= :from AND received_at < :now
             ORDER BY received_at DESC LIMIT :most""";

    private final DatabaseClient database;

    R2dbcOwnObservations(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<AvailabilityTrace> of(String offeringId, Instant now) {
        return database.sql(CHANGES)
                .bind("id", offeringId)
                .bind("from", now.minus(LOOK_BACK))
                .bind("now", now)
                .bind("most", MOST_CHANGES)
                .map(R2dbcOwnObservations::change)
                .all()
                .collectList()
                .timeout(PATIENCE)
                .filter(changes -> changes.stream().anyMatch(Change::told))
                .map(changes -> sampled(offeringId, changes.reversed(), now));
    }

    private static Change change(Readable row) {
        return new Change(
                Objects.requireNonNull(row.get("received_at", OffsetDateTime.class))
                        .toInstant(),
                Objects.requireNonNull(row.get("up", Boolean.class)),
                Objects.requireNonNull(row.get("told", Boolean.class)));
    }

    /** A tick counts as up when it was up in all of it. */
    static AvailabilityTrace sampled(String name, List<Change> changes, Instant now) {
        var first = changes.getFirst().at();
        int ticks = Math.toIntExact(Math.max(1, Duration.between(first, now).dividedBy(TICK)));
        var samples = new int[ticks];
        int next = 0;
        boolean up = changes.getFirst().up();
        for (int tick = 0; tick < ticks; tick++) {
            var end = now.minus(TICK.multipliedBy(ticks - 1L - tick));
            boolean throughout = up;
            while (next < changes.size() && changes.get(next).at().isBefore(end)) {
                up = changes.get(next).up();
                throughout &= up;
                next++;
            }
            samples[tick] = throughout ? 1 : 0;
        }
        return new AvailabilityTrace(name, TICK, samples);
    }

    /**
     * A change of stock.
     *
     * @param at when it was learnt
     * @param up whether a machine could be had from then on
     * @param told whether the provider said anything about stock
     */
    record Change(Instant at, boolean up, boolean told) {}
}
