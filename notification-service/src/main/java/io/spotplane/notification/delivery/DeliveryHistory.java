package io.spotplane.notification.delivery;

import static io.spotplane.notification.Columns.orNull;
import static io.spotplane.notification.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was delivered, what is due, and what each attempt met. */
@Repository
class DeliveryHistory {

    private static final String OF_SUBSCRIPTION = """
            select d.* from delivery d join subscription s on s.id = d.subscription_id
            where s.tenant = :tenant and s.id = :subscription and (cast(:before as uuid) is null or d.id < :before)
            order by d.id desc limit :limit""";
    private static final String ATTEMPTS =
            "select * from delivery_attempt where delivery_id = :delivery order by number";
    private static final String FORGET =
            "delete from delivery where state <> 'PENDING' and ended_at < clock_timestamp() - make_interval(secs => :keep)";

    private final DatabaseClient database;

    DeliveryHistory(DatabaseClient database) {
        this.database = database;
    }

    Mono<Boolean> knows(String tenant, UUID subscription) {
        return database.sql("select 1 from subscription where tenant = :tenant and id = :subscription")
                .bind("tenant", tenant)
                .bind("subscription", subscription)
                .fetch()
                .one()
                .hasElement();
    }

    /** Newest first. */
    Flux<DeliveryResource> of(String tenant, UUID subscription, @Nullable UUID before, int limit) {
        return database.sql(OF_SUBSCRIPTION)
                .bind("tenant", tenant)
                .bind("subscription", subscription)
                .bind("before", orNull(before, UUID.class))
                .bind("limit", limit)
                .map(row -> delivery(row, List.of()))
                .all()
                .concatMap(this::withHistory);
    }

    private Mono<DeliveryResource> withHistory(DeliveryResource delivery) {
        return database.sql(ATTEMPTS)
                .bind("delivery", delivery.id())
                .map(DeliveryHistory::tried)
                .all()
                .collectList()
                .map(history -> new DeliveryResource(
                        delivery.id(),
                        delivery.subscriptionId(),
                        delivery.eventId(),
                        delivery.eventType(),
                        delivery.state(),
                        delivery.attempts(),
                        delivery.nextAttemptAt(),
                        delivery.expires(),
                        delivery.reason(),
                        delivery.createdAt(),
                        delivery.endedAt(),
                        history));
    }

    /** Drops what ended longer ago than {@code keep}. */
    Mono<Void> forget(Duration keep) {
        return database.sql(FORGET).bind("keep", (double) keep.toSeconds()).then();
    }

    private static DeliveryResource delivery(Readable row, List<DeliveryResource.Tried> history) {
        var state = required(row, "state", String.class);
        return new DeliveryResource(
                required(row, "id", UUID.class),
                required(row, "subscription_id", UUID.class),
                required(row, "event_id", String.class),
                required(row, "event_type", String.class),
                state,
                required(row, "attempts", Integer.class),
                state.equals("PENDING") ? row.get("next_attempt_at", Instant.class) : null,
                row.get("expires_at", Instant.class),
                row.get("reason", String.class),
                required(row, "created_at", Instant.class),
                row.get("ended_at", Instant.class),
                history);
    }

    private static DeliveryResource.Tried tried(Readable row) {
        return new DeliveryResource.Tried(
                required(row, "number", Integer.class),
                required(row, "started_at", Instant.class),
                required(row, "duration_ms", Long.class),
                required(row, "outcome", String.class),
                row.get("status", Integer.class),
                required(row, "detail", String.class),
                required(row, "late", Boolean.class));
    }
}
