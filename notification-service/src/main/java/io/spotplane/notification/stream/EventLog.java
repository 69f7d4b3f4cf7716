package io.spotplane.notification.stream;

import static io.spotplane.notification.Columns.orNull;
import static io.spotplane.notification.Columns.required;

import io.spotplane.contracts.event.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happened, per tenant, in an order that never changes once seen. Appending locks the tenant's head until commit, so that a
 * reader who has seen a position will not be shown a lower one later (the gap that plain sequences leave).
 */
@Repository
public class EventLog {

    private static final String APPEND = """
            with head as (
                insert into stream_head as h (tenant, last) values (:tenant, 1)
                on conflict (tenant) do update set last = h.last + 1
                returning last)
            insert into event_log (tenant, position, event_id, type, request_id, envelope)
            select :tenant, last, :event, :type, :request, :envelope from head""";
    private static final String AFTER = """
            select position, type, envelope from event_log
            where tenant = :tenant and position > :after
              and matches_any(type, :types)
              and (cast(:request as text) is null or request_id = :request)
            order by position
            limit :limit""";
    private static final String FORGET = """
            with gone as (
                delete from event_log where received_at < clock_timestamp() - make_interval(secs => :keep)
                returning tenant, position)
            update stream_head h set forgotten = greatest(h.forgotten, g.last)
            from (select tenant, max(position) as last from gone group by tenant) g
            where h.tenant = g.tenant""";

    private final DatabaseClient database;

    EventLog(DatabaseClient database) {
        this.database = database;
    }

    /** Appends in the caller's transaction. {@code requestId}: the request that it is about, to filter by. */
    public Mono<Void> append(Event<?> event, @Nullable String requestId, String envelope) {
        return database.sql(APPEND)
                .bind("tenant", event.tenant())
                .bind("event", event.id())
                .bind("type", event.type().wireName())
                .bind("request", orNull(requestId, String.class))
                .bind("envelope", envelope)
                .then();
    }

    /** Where the tenant's log ends now, and what of its beginning is gone. */
    Mono<Bounds> bounds(String tenant) {
        return database.sql("select last, forgotten from stream_head where tenant = :tenant")
                .bind("tenant", tenant)
                .map(row -> new Bounds(required(row, "last", Long.class), required(row, "forgotten", Long.class)))
                .one()
                .defaultIfEmpty(new Bounds(0, 0));
    }

    /** At most {@code limit} events that {@code wanted} lets through, oldest first. */
    Flux<LoggedEvent> after(String tenant, long position, Wanted wanted, int limit) {
        return database.sql(AFTER)
                .bind("tenant", tenant)
                .bind("after", position)
                .bind("types", EventPattern.texts(wanted.types()))
                .bind("request", orNull(wanted.requestId(), String.class))
                .bind("limit", limit)
                .map(row -> new LoggedEvent(
                        required(row, "position", Long.class),
                        required(row, "type", String.class),
                        required(row, "envelope", String.class)))
                .all();
    }

    /** Deletes what is older than {@code keep} and remembers that it was there. */
    Mono<Void> forget(Duration keep) {
        return database.sql(FORGET).bind("keep", (double) keep.toSeconds()).then();
    }

    /**
     * The ends of a log.
     *
     * @param last position of the newest event; 0 for none
     * @param forgotten position of the newest event that is gone; 0 for none
     */
    record Bounds(long last, long forgotten) {

        /** Whether a reader at {@code cursor} has missed something, or was somewhere else. */
        boolean hasGapAfter(Cursor cursor) {
            return cursor.position() < forgotten || cursor.position() > last;
        }
    }
}
