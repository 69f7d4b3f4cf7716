package io.spotplane.outbox;

import io.r2dbc.spi.Readable;
import io.spotplane.kafka.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * What is still to be announced, and who may. Leases are counted by the database's clock.
 *
 * <p>The planner's numbers about {@code outbox_event} are mostly wrong, since the table fills and empties in seconds, and plans are kept. So
 * each statement asks for rows by the primary key alone, in a form that cannot become a join over all rows.
 */
final class PendingEvents {

    private static final String CLAIM = """
            update outbox_shard
            set lock_owner = :owner, lock_token = :token,
                lock_expires_at = clock_timestamp() + make_interval(secs => :lease)
            where shard in (
                select shard from outbox_shard as free
                where lock_expires_at < clock_timestamp()
                  and (select true from outbox_event e where e.shard = free.shard order by e.position limit 1)
                order by lock_expires_at
                limit :limit
                for update skip locked)
            returning shard""";
    /** Rows of the version before have their attributes in {@code headers}, see migration V0_4. */
    private static final String OLDEST = """
            select position, cast(id as text) as id, topic, subject, sequence, payload,
                coalesce(type, headers ->> 'ce_type') as type,
                coalesce(tenant, headers ->> 'ce_tenant') as tenant,
                coalesce(cast(headers ->> 'ce_time' as timestamptz), time) as time,
                coalesce(expires, cast(headers ->> 'ce_expires' as timestamptz)) as expires,
                coalesce(traceparent, headers ->> 'traceparent') as traceparent
            from unnest(:shards) as claimed (shard), lateral (
                select * from outbox_event e where e.shard = claimed.shard order by e.position limit :limit) as oldest
            order by position""";

    private static final String DELETE = """
            delete from outbox_event
            where shard = any(array(
                    select s.shard from outbox_shard s
                    where s.lock_token = :token and s.lock_expires_at > clock_timestamp()))
              and position = any(:positions)""";
    private static final String RELEASE = """
            update outbox_shard set lock_owner = null, lock_token = null, lock_expires_at = clock_timestamp()
            where lock_token = :token""";
    /** Shard by shard, since a count of all would be read from the table, over every page that once was full. */
    private static final String BACKLOG = """
            select cast(sum(waiting) as bigint) as pending,
                cast(coalesce(extract(epoch from clock_timestamp() - min(oldest)) * 1000, 0) as bigint) as age_millis
            from outbox_shard s, lateral (
                select count(*) as waiting,
                    (select time from outbox_event first where first.shard = s.shard order by first.position limit 1) as oldest
                from outbox_event e where e.shard = s.shard) as backlog""";

    private final DatabaseClient database;
    private final OutboxSettings settings;
    private final String source;
    private final String owner;

    /** {@code source}: the CloudEvents source of this service. {@code owner}: for people who look at the table. */
    PendingEvents(DatabaseClient database, OutboxSettings settings, String source, String owner) {
        this.database = database;
        this.settings = settings;
        this.source = source;
        this.owner = owner;
    }

    /** Takes shards that have something to announce and nobody's lease, the longest unserved first. */
    Mono<List<Short>> claim(UUID token) {
        return database.sql(CLAIM)
                .bind("owner", owner)
                .bind("token", token)
                .bind("lease", settings.lease().toMillis() / 1000.0)
                .bind("limit", settings.shardsPerRound())
                .mapValue(Short.class)
                .all()
                .collectList();
    }

    /** The oldest events of {@code shards}, in order per subject: about a batch, and as much of each shard. */
    Mono<List<PendingEvent>> oldest(Collection<Short> shards) {
        return database.sql(OLDEST)
                .bind("shards", shards.toArray(Short[]::new))
                .bind("limit", Math.ceilDiv(settings.batchSize(), shards.size()))
                .map(this::event)
                .all()
                .collectList();
    }

    /** Deletes what was announced, as far as the lease still holds; the count may be less than asked for. */
    Mono<Long> delete(Collection<Long> positions, UUID token) {
        return database.sql(DELETE)
                .bind("positions", positions.toArray(Long[]::new))
                .bind("token", token)
                .fetch()
                .rowsUpdated();
    }

    /** Gives the shards back. */
    Mono<Void> release(UUID token) {
        return database.sql(RELEASE).bind("token", token).then();
    }

    /** How much waits, and for how long. */
    Mono<Backlog> backlog() {
        return database.sql(BACKLOG)
                .map(row -> new Backlog(
                        Columns.number(row, "pending"), Duration.ofMillis(Columns.number(row, "age_millis"))))
                .one();
    }

    private PendingEvent event(Readable row) {
        var envelope = new Envelope(
                Columns.text(row, "id"),
                Columns.text(row, "type"),
                Columns.text(row, "topic"),
                source,
                Columns.text(row, "subject"),
                Columns.text(row, "tenant"),
                Columns.number(row, "sequence"),
                Columns.time(row, "time"),
                row.get("expires", Instant.class),
                row.get("traceparent", String.class));
        return new PendingEvent(Columns.number(row, "position"), envelope, Columns.text(row, "payload"));
    }

    /**
     * What waits.
     *
     * @param pending events
     * @param oldestAge since the oldest was appended; zero when none waits
     */
    record Backlog(long pending, Duration oldestAge) {}
}
