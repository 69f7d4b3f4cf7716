package io.spotplane.inventory.agent;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

@Component
class R2dbcRunLog implements RunLog {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String RECORD = """
            INSERT INTO agent_run AS last (agent, started_at, duration_ms, serial_ms, calls, outcome, error,
                                           consecutive_failures, last_success_at, believed_size)
            VALUES (:agent, :startedAt, :took, :serial, :calls, :outcome, :error,
                    CASE WHEN :success THEN 0 ELSE 1 END, CASE WHEN :success THEN :startedAt END, :size)
            ON CONFLICT (agent) DO UPDATE
            SET started_at = excluded.started_at, duration_ms = excluded.duration_ms, serial_ms = excluded.serial_ms,
                calls = excluded.calls, outcome = excluded.outcome, error = excluded.error,
                consecutive_failures = CASE WHEN :success THEN 0 ELSE last.consecutive_failures + 1 END,
                last_success_at = coalesce(excluded.last_success_at, last.last_success_at),
                believed_size = coalesce(excluded.believed_size, last.believed_size),
                trusted_once = last.trusted_once AND NOT :success
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Leases leases;

    R2dbcRunLog(DatabaseClient database, TransactionalOperator transaction, Leases leases) {
        this.database = database;
        this.transaction = transaction;
        this.leases = leases;
    }

    @Override
    public Mono<Integer> believedSize(Source<?> source) {
        return database.sql("SELECT believed_size FROM agent_run WHERE agent = :agent AND NOT trusted_once")
                .bind("agent", source.name())
                .map(row -> number(row, "believed_size"))
                .one()
                .defaultIfEmpty(0)
                .timeout(LIMIT);
    }

    @Override
    public Mono<Boolean> close(Lease lease, FinishedRun run) {
        return leases.giveBack(lease)
                .filter(held -> held)
                .flatMap(held -> record(run).thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional)
                .checkpoint("close run of " + run.source());
    }

    @Override
    public Mono<Map<String, LoggedRun>> lastRuns() {
        return database.sql("SELECT * FROM agent_run")
                .map(R2dbcRunLog::toRun)
                .all()
                .collectMap(LoggedRun::agent, Function.identity())
                .timeout(LIMIT);
    }

    @Override
    public Mono<Boolean> believeNext(String agent) {
        return database.sql("UPDATE agent_run SET trusted_once = true WHERE agent = :agent")
                .bind("agent", agent)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .timeout(LIMIT);
    }

    private Mono<Void> record(FinishedRun run) {
        var row = database.sql(RECORD)
                .bind("agent", run.source().name())
                .bind("startedAt", run.startedAt().atOffset(ZoneOffset.UTC))
                .bind("took", run.took().toMillis())
                .bind("serial", run.serial().toMillis())
                .bind("calls", run.calls())
                .bind("outcome", run.outcome().wireName())
                .bind("success", run.outcome() instanceof Outcome.Believed);
        return bindOutcome(row, run.outcome()).then().timeout(LIMIT);
    }

    private static DatabaseClient.GenericExecuteSpec bindOutcome(
            DatabaseClient.GenericExecuteSpec row, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Believed(var size) -> row.bind("size", size).bindNull("error", String.class);
            case Outcome.Suspicious(var reason) ->
                row.bindNull("size", Integer.class).bind("error", reason);
            case Outcome.Failed(var reason) ->
                row.bindNull("size", Integer.class).bind("error", reason);
            case Outcome.Late() -> row.bindNull("size", Integer.class).bind("error", "overtaken by a later run");
        };
    }

    private static LoggedRun toRun(Readable row) {
        return new LoggedRun(
                requireNonNull(row.get("agent", String.class)),
                requireNonNull(instant(row, "started_at")),
                Duration.ofMillis(requireNonNull(row.get("duration_ms", Long.class))),
                Duration.ofMillis(requireNonNull(row.get("serial_ms", Long.class))),
                number(row, "calls"),
                requireNonNull(row.get("outcome", String.class)),
                row.get("error", String.class),
                number(row, "consecutive_failures"),
                instant(row, "last_success_at"),
                row.get("believed_size", Integer.class));
    }

    private static int number(Readable row, String column) {
        var value = row.get(column, Integer.class);
        return value == null ? 0 : value;
    }

    private static @Nullable Instant instant(Readable row, String column) {
        var value = row.get(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
