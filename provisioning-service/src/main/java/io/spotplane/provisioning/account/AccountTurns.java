package io.spotplane.provisioning.account;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which replica looks at which account, and when: a lease per account, like that of a request. */
public final class AccountTurns implements AccountWake {

    private static final String TAKE = """
            UPDATE provider_account SET lock_owner = :owner, lock_token = gen_random_uuid(),
                lock_expires_at = clock_timestamp() + :lease * interval '1 millisecond', look_at = 'infinity'
            WHERE provider = :provider
                AND (look_at <= clock_timestamp() OR lock_expires_at < clock_timestamp())
                AND (lock_expires_at IS NULL OR lock_expires_at < clock_timestamp())
            RETURNING lock_token""";
    private static final String RELEASE = """
            UPDATE provider_account SET lock_owner = NULL, lock_token = NULL, lock_expires_at = NULL,
                look_at = LEAST(look_at, clock_timestamp() + :delay * interval '1 millisecond')
            WHERE provider = :provider AND lock_token = :token""";
    private static final String EXTEND = """
            UPDATE provider_account SET lock_expires_at = clock_timestamp() + :lease * interval '1 millisecond'
            WHERE provider = :provider AND lock_token = :token AND lock_expires_at > clock_timestamp()""";
    private static final String HASTEN = """
            UPDATE provider_account SET look_at = LEAST(look_at, clock_timestamp() + :delay * interval '1 millisecond')
            WHERE provider = :provider""";

    private final DatabaseClient database;
    private final String owner;
    private final Duration lease;

    public AccountTurns(DatabaseClient database, String owner, Duration lease) {
        this.database = database;
        this.owner = owner;
        this.lease = lease;
    }

    /** Makes sure that each account has its row. */
    public Mono<Void> enlist(Iterable<String> providers) {
        return Flux.fromIterable(providers)
                .concatMap(provider -> database.sql(
                                "INSERT INTO provider_account (provider) VALUES (:provider) ON CONFLICT DO NOTHING")
                        .bind("provider", provider)
                        .then())
                .then();
    }

    /** Takes the account's turn if it is due and nobody has it: the fencing token, or empty. */
    public Mono<UUID> take(String provider) {
        return database.sql(TAKE)
                .bind("owner", owner)
                .bind("lease", lease.toMillis())
                .bind("provider", provider)
                .map(row -> Objects.requireNonNull(row.get("lock_token", UUID.class)))
                .one();
    }

    /** Makes the turn last longer; false when it no longer holds. */
    public Mono<Boolean> extend(String provider, UUID token) {
        return database.sql(EXTEND)
                .bind("lease", lease.toMillis())
                .bind("provider", provider)
                .bind("token", token)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Ends the turn; the next is due after {@code delay}. */
    public Mono<Void> release(String provider, UUID token, Duration delay) {
        return database.sql(RELEASE)
                .bind("delay", delay.toMillis())
                .bind("provider", provider)
                .bind("token", token)
                .then();
    }

    @Override
    public Mono<Void> lookWithin(String provider, Duration delay) {
        return database.sql(HASTEN)
                .bind("delay", delay.toMillis())
                .bind("provider", provider)
                .then();
    }
}
