package io.spotplane.web.idempotency;

import io.r2dbc.spi.R2dbcException;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.Caller;
import io.spotplane.web.IdempotentWrites;
import io.spotplane.web.ProblemException;
import io.spotplane.web.WriteAnswer;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Insert first: whoever inserts the key runs the write in the same transaction; whoever comes second waits on that row (PostgreSQL
 * lets {@code ON CONFLICT DO NOTHING} wait for the running transaction) and then reads the stored answer. A write that is rolled back
 * takes its key along, so the next caller runs it.
 */
final class R2dbcIdempotentWrites implements IdempotentWrites {

    /** SQLSTATE {@code lock_not_available}: the first call took longer than a repeat may wait. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Fingerprint fingerprint;
    private final Duration patience;

    R2dbcIdempotentWrites(
            DatabaseClient database, TransactionalOperator transaction, Fingerprint fingerprint, Duration patience) {
        this.database = database;
        this.transaction = transaction;
        this.fingerprint = fingerprint;
        this.patience = patience;
    }

    @Override
    public Mono<WriteAnswer> once(
            Caller caller, String route, @Nullable String key, Object body, Mono<WriteAnswer> write) {
        return Mono.fromCallable(() ->
                        new Claim(caller.tenant(), route, IdempotencyKey.of(key).value(), fingerprint.of(route, body)))
                .flatMap(claim -> once(claim, write))
                .checkpoint("idempotent write " + route);
    }

    private Mono<WriteAnswer> once(Claim claim, Mono<WriteAnswer> write) {
        return claimed(claim)
                .flatMap(first -> first ? write.flatMap(answer -> keep(claim, answer)) : stored(claim))
                .as(transaction::transactional);
    }

    private Mono<Boolean> claimed(Claim claim) {
        return lockTimeout(patience.toMillis() + "ms")
                .then(insert(claim))
                .onErrorMap(R2dbcIdempotentWrites::waitedTooLong, fault -> inProgress())
                // The write's own statements wait as long as they always do.
                .flatMap(rows -> lockTimeout("0").thenReturn(rows == 1));
    }

    private Mono<Void> lockTimeout(String value) {
        return database.sql("select set_config('lock_timeout', :value, true)")
                .bind("value", value)
                .then();
    }

    private Mono<Long> insert(Claim claim) {
        return database.sql("""
                        insert into idempotent_write (tenant, route, idempotency_key, fingerprint)
                        values (:tenant, :route, :key, :fingerprint)
                        on conflict do nothing""")
                .bind("tenant", claim.tenant())
                .bind("route", claim.route())
                .bind("key", claim.key())
                .bind("fingerprint", claim.fingerprint())
                .fetch()
                .rowsUpdated();
    }

    private Mono<WriteAnswer> keep(Claim claim, WriteAnswer answer) {
        var update = database.sql("""
                        update idempotent_write set status = :status, location = :location, answer = :answer
                        where tenant = :tenant and route = :route and idempotency_key = :key""")
                .bind("status", answer.status())
                .bind("answer", answer.json())
                .bind("tenant", claim.tenant())
                .bind("route", claim.route())
                .bind("key", claim.key());
        var location = answer.location();
        return (location == null
                        ? update.bindNull("location", String.class)
                        : update.bind("location", location.toString()))
                .fetch()
                .rowsUpdated()
                .thenReturn(answer);
    }

    private Mono<WriteAnswer> stored(Claim claim) {
        return database.sql("""
                        select fingerprint, status, location, answer from idempotent_write
                        where tenant = :tenant and route = :route and idempotency_key = :key""")
                .bind("tenant", claim.tenant())
                .bind("route", claim.route())
                .bind("key", claim.key())
                .map((row, metadata) -> Stored.of(
                        row.get("fingerprint", byte[].class),
                        row.get("status", Integer.class),
                        row.get("location", String.class),
                        row.get("answer", String.class)))
                .one()
                // Deleted between our insert and our look: old enough to be forgotten, so the client starts anew.
                .switchIfEmpty(Mono.error(R2dbcIdempotentWrites::inProgress))
                .map(stored -> stored.replayFor(claim));
    }

    private static boolean waitedTooLong(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException database && LOCK_NOT_AVAILABLE.equals(database.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException inProgress() {
        return ProblemException.retryLater(
                ProblemType.IN_PROGRESS, "the first request with this Idempotency-Key is still running", TRY_AGAIN);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared with MessageDigest.isEqual only
    private record Claim(String tenant, String route, String key, byte[] fingerprint) {}

    @SuppressWarnings("ArrayRecordComponent") // compared with MessageDigest.isEqual only
    private record Stored(byte[] fingerprint, WriteAnswer answer) {

        static Stored of(
                byte @Nullable [] fingerprint,
                @Nullable Integer status,
                @Nullable String location,
                @Nullable String json) {
            if (fingerprint == null || status == null || json == null) {
                throw new IllegalStateException(
                        "A committed idempotent write has no answer; its transaction must set one");
            }
            return new Stored(
                    fingerprint, new WriteAnswer(status, location == null ? null : URI.create(location), json, true));
        }

        WriteAnswer replayFor(Claim claim) {
            if (!MessageDigest.isEqual(fingerprint, claim.fingerprint())) {
                throw ProblemException.of(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "this Idempotency-Key belongs to a request with another body; use a new key for a new intent");
            }
            return answer;
        }
    }
}
