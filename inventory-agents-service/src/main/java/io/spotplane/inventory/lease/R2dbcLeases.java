package io.spotplane.inventory.lease;

import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Leases as rows. Only the database's clock counts. */
@Component
class R2dbcLeases implements Leases {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The fence starts at the clock, so that it also grows when the rows were lost and other stores were not. */
    private static final String TAKE = """
            INSERT INTO lease AS held (duty, owner, fence, expires_at, due_at)
            VALUES (:duty, :owner, (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
                    clock_timestamp() + :lasts * interval '1 millisecond',
                    clock_timestamp() + :rest * interval '1 millisecond')
            ON CONFLICT (duty) DO UPDATE
            SET owner = excluded.owner, fence = greatest(held.fence + 1, excluded.fence),
                expires_at = excluded.expires_at, due_at = excluded.due_at
            WHERE (held.expires_at IS NULL OR held.expires_at <= clock_timestamp())
              AND (held.due_at <= clock_timestamp() OR :now)
            RETURNING fence
            """;

    private static final String GIVE_BACK =
            "UPDATE lease SET expires_at = NULL WHERE duty = :duty AND fence = :fence AND owner = :owner";

    private static final String PROVE =
            "SELECT fence FROM lease WHERE duty = :duty AND fence = :fence AND owner = :owner FOR UPDATE";

    private final UUID owner = UUID.randomUUID();
    private final DatabaseClient database;

    R2dbcLeases(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Lease> take(Terms terms, boolean now) {
        return database.sql(TAKE)
                .bind("duty", terms.duty())
                .bind("owner", owner)
                .bind("lasts", terms.lasts().toMillis())
                .bind("rest", terms.rest().toMillis())
                .bind("now", now)
                .mapValue(Long.class)
                .one()
                .map(fence -> new Lease(terms.duty(), fence))
                .timeout(LIMIT)
                .checkpoint("take lease " + terms.duty());
    }

    @Override
    public Mono<Boolean> giveBack(Lease lease) {
        return about(lease, GIVE_BACK)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(LIMIT);
    }

    @Override
    public Mono<Void> prove(Lease lease) {
        return about(lease, PROVE)
                .mapValue(Long.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new LeaseLost(lease)))
                .timeout(LIMIT)
                .then();
    }

    private DatabaseClient.GenericExecuteSpec about(Lease lease, String sql) {
        return database.sql(sql)
                .bind("duty", lease.duty())
                .bind("fence", lease.fence())
                .bind("owner", owner);
    }
}
