package io.spotplane.outbox;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What is still to be announced, and who may. Leases are counted by the database's clock. */
final class PendingEvents {

    private static final String CLAIM = """
            update outbox_shard
            set lock_owner = :owner, lock_token = :token,
                lock_expires_at = clock_timestamp() + make_interval(secs => :lease)
            where shard in (
                select shard from outbox_shard as free
                where lock_expires_at < clock_timestamp()
                  and exists (select from outbox_event e where e.shard = free.shard)
                order by lock_expires_at
                limit :limit
                for update skip locked)
            returning shard""";
    private static final String OLDEST = """
            select id, topic, subject, headers, payload
            from unnest(:shards) as claimed (shard), lateral (
                select * from outbox_event e where e.shard = claimed.shard order by e.position limit :limit) as oldest
            order by position""";
    private static final String DELETE = """
            delete from outbox_event e
            using outbox_shard s
            where e.id = any(:ids)
              and s.shard = e.shard and s.lock_token = :token and s.lock_expires_at > clock_timestamp()""";
    private static final String RELEASE = """
            update outbox_shard set lock_owner = null, lock_token = null, lock_expires_at = clock_timestamp()
            where lock_token = :token""";
    private static final String BACKLOG = """
            select count(*) as pending,
                cast(coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0) as bigint) as age_millis
            from outbox_event""";

    private final DatabaseClient database;
    private final OutboxSettings settings;
    private final String owner;

    /** {@code owner}: for people who look at the table. */
    PendingEvents(DatabaseClient database, OutboxSettings settings, String owner) {
        this.database = database;
        this.settings = settings;
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
                .map(PendingEvents::event)
                .all()
                .collectList();
    }

    /** Deletes what was announced, as far as the lease still holds; the count may be less than asked for. */
    Mono<Long> delete(Collection<UUID> announced, UUID token) {
        return database.sql(DELETE)
                .bind("ids", announced.toArray(UUID[]::new))
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

    private static PendingEvent event(Readable row) {
        return new PendingEvent(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Columns.text(row, "topic"),
                Columns.text(row, "subject"),
                Objects.requireNonNull(row.get("headers", Json.class)).asString(),
                Columns.text(row, "payload"));
    }

    /**
     * What waits.
     *
     * @param pending events
     * @param oldestAge since the oldest was appended; zero when none waits
     */
    record Backlog(long pending, Duration oldestAge) {}
}
