package io.spotplane.notification.delivery;

import static io.spotplane.notification.Columns.orNull;
import static io.spotplane.notification.Columns.required;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.event.DeliveryAbandoned;
import io.spotplane.contracts.event.EventType;
import io.spotplane.notification.NotificationSettings;
import io.spotplane.notification.channel.SigningSecret;
import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationPid;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is due, leased row by row by the database's clock. What an attempt led to is written only under its lease: a process that
 * was away for too long changes nothing, and whoever took over has sent the same event id.
 */
@Repository
class DueDeliveries {

    /** A few of each subscription, so that no slow or busy one keeps the others waiting; notices first. */
    private static final String CLAIM = """
            update delivery d
            set lock_owner = :owner, lock_token = :token,
                lock_expires_at = clock_timestamp() + make_interval(secs => :lease)
            from (
                select due.id, waiting.url, waiting.secret
                from (
                    select id, url, secret from subscription s
                    where state = 'ACTIVE' and exists (
                        select from delivery where subscription_id = s.id and state = 'PENDING'
                          and next_attempt_at <= clock_timestamp() and lock_expires_at < clock_timestamp())
                ) waiting
                cross join lateral (
                    select id from delivery
                    where subscription_id = waiting.id and state = 'PENDING'
                      and next_attempt_at <= clock_timestamp() and lock_expires_at < clock_timestamp()
                    order by (expires_at is null), next_attempt_at
                    limit greatest(0, :each - (
                        select count(*) from delivery busy
                        where busy.subscription_id = waiting.id and busy.state = 'PENDING'
                          and busy.lock_expires_at > clock_timestamp()))
                    for update skip locked
                ) due
                limit :limit
            ) picked
            where d.id = picked.id
            returning d.*, picked.url, picked.secret""";

    private static final String SETTLE = """
            update delivery set state = :state, step = :step, attempts = :attempts, reason = :reason,
                next_attempt_at = clock_timestamp() + make_interval(secs => :wait),
                ended_at = case when :state = 'PENDING' then null else clock_timestamp() end,
                lock_owner = null, lock_token = null, lock_expires_at = '-infinity'
            where id = :id and lock_token = :token and lock_expires_at > clock_timestamp()""";
    private static final String REMEMBER = """
            insert into delivery_attempt (delivery_id, number, started_at, duration_ms, outcome, status, detail, late)
            values (:delivery, :number, :started, :duration, :outcome, :status, :detail, :late)""";
    private static final String DISABLE = """
            update subscription set state = 'DISABLED', disabled_reason = :reason where id = :subscription""";
    private static final String ABANDON_ALL = """
            update delivery set state = 'ABANDONED', reason = :reason, ended_at = clock_timestamp(),
                lock_owner = null, lock_token = null, lock_expires_at = '-infinity'
            where subscription_id = :subscription and state = 'PENDING'
            returning id, event_id, attempts""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final NotificationSettings.Delivery settings;
    private final String owner = "pid " + new ApplicationPid();

    DueDeliveries(
            DatabaseClient database, TransactionalOperator transaction, Outbox outbox, NotificationSettings settings) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.settings = settings.delivery();
    }

    /** Leases at most {@code limit} due deliveries. */
    Flux<DueDelivery> claim(int limit) {
        var token = UUID.randomUUID();
        return database.sql(CLAIM)
                .bind("owner", owner)
                .bind("token", token)
                .bind("lease", settings.lease().toMillis() / 1000.0)
                .bind("each", settings.perSubscription())
                .bind("limit", limit)
                .map(row -> due(row, token))
                .all();
    }

    /** Writes down {@code attempt} and what follows; false when the lease was lost and nothing was written. */
    Mono<Boolean> settle(Attempt attempt, Verdict verdict) {
        return write(attempt, verdict)
                .filter(rows -> rows == 1)
                .flatMap(held ->
                        remember(attempt).then(consequences(attempt, verdict)).thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    private Mono<Long> write(Attempt attempt, Verdict verdict) {
        var delivery = attempt.delivery();
        var next = switch (verdict) {
            case Verdict.Delivered delivered -> new Next("DELIVERED", delivery.step(), 0, null);
            case Verdict.TryAgain again ->
                new Next("PENDING", again.step(), again.pause().toMillis() / 1000.0, null);
            case Verdict.Abandon abandon -> new Next("ABANDONED", delivery.step(), 0, abandon.reason());
            case Verdict.Disable disable -> new Next("ABANDONED", delivery.step(), 0, disable.reason());
        };
        return database.sql(SETTLE)
                .bind("id", delivery.id())
                .bind("token", delivery.token())
                .bind("state", next.state())
                .bind("step", next.step())
                .bind("attempts", attempt.number())
                .bind("reason", orNull(next.reason(), String.class))
                .bind("wait", next.waitSeconds())
                .fetch()
                .rowsUpdated();
    }

    private Mono<Void> remember(Attempt attempt) {
        return database.sql(REMEMBER)
                .bind("delivery", attempt.delivery().id())
                .bind("number", attempt.number())
                .bind("started", attempt.startedAt())
                .bind("duration", attempt.took().toMillis())
                .bind("outcome", attempt.outcome().name())
                .bind("status", orNull(attempt.outcome().httpStatus(), Integer.class))
                .bind("detail", attempt.outcome().detail())
                .bind("late", attempt.delivery().isLateAt(attempt.startedAt()))
                .then();
    }

    private Mono<Void> consequences(Attempt attempt, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered delivered -> Mono.empty();
            case Verdict.TryAgain again -> Mono.empty();
            case Verdict.Abandon abandon -> outbox.append(List.of(abandoned(attempt, abandon.reason())));
            case Verdict.Disable disable -> disable(attempt, disable.reason());
        };
    }

    private Mono<Void> disable(Attempt attempt, String reason) {
        var subscription = attempt.delivery().subscriptionId();
        var disabled = database.sql(DISABLE)
                .bind("subscription", subscription)
                .bind("reason", reason)
                .then();
        var others = database.sql(ABANDON_ALL)
                .bind("subscription", subscription)
                .bind("reason", reason)
                .<NewEvent<?>>map(row -> abandoned(row, attempt, reason))
                .all();
        return disabled.thenMany(others.startWith(abandoned(attempt, reason)))
                .collectList()
                .flatMap(outbox::append);
    }

    private static NewEvent<?> abandoned(Attempt attempt, String reason) {
        var delivery = attempt.delivery();
        return abandoned(attempt, delivery.id(), delivery.eventId(), attempt.number(), reason);
    }

    private static NewEvent<?> abandoned(Readable row, Attempt attempt, String reason) {
        return abandoned(
                attempt,
                required(row, "id", UUID.class),
                required(row, "event_id", String.class),
                required(row, "attempts", Integer.class),
                reason);
    }

    private static NewEvent<?> abandoned(Attempt attempt, UUID delivery, String event, int attempts, String reason) {
        var subscription = attempt.delivery().subscriptionId().toString();
        var data = new DeliveryAbandoned(subscription, delivery.toString(), event, attempts, reason, attempt.endedAt());
        return NewEvent.of(
                EventType.DELIVERY_ABANDONED, subscription, attempt.delivery().tenant(), data);
    }

    private static DueDelivery due(Readable row, UUID token) {
        return new DueDelivery(
                required(row, "id", UUID.class),
                token,
                required(row, "subscription_id", UUID.class),
                required(row, "tenant", String.class),
                required(row, "event_id", String.class),
                required(row, "event_type", String.class),
                required(row, "envelope", String.class),
                row.get("traceparent", String.class),
                required(row, "happened_at", Instant.class),
                row.get("expires_at", Instant.class),
                required(row, "step", Integer.class),
                required(row, "attempts", Integer.class),
                required(row, "url", String.class),
                new SigningSecret(required(row, "secret", String.class)));
    }

    /** The row after an attempt. */
    private record Next(
            String state,
            int step,
            double waitSeconds,
            @Nullable String reason) {}
}
