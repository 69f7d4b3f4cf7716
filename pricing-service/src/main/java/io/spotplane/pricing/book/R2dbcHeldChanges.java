package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.announce.Announcements;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcHeldChanges implements HeldChanges {

    private static final String DUE = "SELECT DISTINCT provider FROM offering WHERE held_until <= :now";

    /** One replica tells of a market at a time. */
    private static final String LOCK =
            "SELECT 1 AS locked FROM market WHERE provider = :provider FOR UPDATE SKIP LOCKED";

    /** Without those that somebody writes down anew this moment. */
    private static final String HELD = "SELECT " + R2dbcOfferings.COLUMNS + ", told::text AS told, withdrawn_at FROM "
            + R2dbcOfferings.TABLES + " " + """
             WHERE provider = :provider AND held_until <= :now
             ORDER BY held_until, id
             LIMIT 1000
               FOR UPDATE OF offering SKIP LOCKED""";

    private static final String TELL = """
            WITH told AS (
                UPDATE offering SET told_at = :now, held_until = NULL, told = NULL WHERE id = ANY(:ids) RETURNING *
            )
            INSERT INTO price_history
                (offering_key, received_at, observed_at, price, billed_price, currency, availability, for_sale, source)
            SELECT key, :now, observed_at, price, billed_price, currency, availability, withdrawn_at IS NULL, source
              FROM told""";

    private static final String SETTLE = """
            UPDATE offering SET held_until = NULL, told = NULL WHERE id = ANY(:ids) AND held_until <= :now""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final JsonMapper json;
    private final R2dbcOfferings kept;

    R2dbcHeldChanges(DatabaseClient database, TransactionalOperator transaction, Outbox outbox, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.json = bookJson.mapper();
        this.kept = new R2dbcOfferings(json);
    }

    @Override
    public Flux<String> due(Instant now) {
        return database.sql(DUE)
                .bind("now", now)
                .map(row -> Objects.requireNonNull(row.get("provider", String.class)))
                .all();
    }

    @Override
    public Mono<Integer> tell(String provider, Instant now) {
        return lock(provider)
                .flatMap(locked -> held(provider, now))
                .flatMap(held -> tell(held, now))
                .defaultIfEmpty(0)
                .as(transaction::transactional)
                .checkpoint("tell of held changes");
    }

    private Mono<Integer> lock(String provider) {
        return database.sql(LOCK)
                .bind("provider", provider)
                .map(row -> Objects.requireNonNull(row.get("locked", Integer.class)))
                .one();
    }

    private Mono<List<Held>> held(String provider, Instant now) {
        return database.sql(HELD)
                .bind("provider", provider)
                .bind("now", now)
                .map(row -> held(row, now))
                .all()
                .collectList();
    }

    /** From what others know to what is so. What changed back was settled when it did, unless an earlier version thought otherwise. */
    private Held held(Readable row, Instant now) {
        var newest = kept.offering(row);
        var withdrawnAt = row.get("withdrawn_at", Instant.class);
        var news = Change.between(
                told(row), withdrawnAt == null ? newest : null, Objects.requireNonNullElse(withdrawnAt, now));
        return new Held(newest.id(), news.orElse(null));
    }

    private @Nullable Offering told(Readable row) {
        var told = row.get("told", String.class);
        return told == null ? null : json.readValue(told, Offering.class);
    }

    private Mono<Integer> tell(List<Held> held, Instant now) {
        var news = held.stream().map(Held::news).filter(Objects::nonNull).toList();
        return run(SETTLE, held.stream().filter(row -> row.news() == null), now)
                .then(run(TELL, held.stream().filter(row -> row.news() != null), now))
                .then(outbox.append(Announcements.of(news)))
                .thenReturn(news.size());
    }

    private Mono<Long> run(String statement, Stream<Held> rows, Instant now) {
        var ids = rows.map(Held::id).toArray(String[]::new);
        return ids.length == 0
                ? Mono.empty()
                : database.sql(statement)
                        .bind("ids", ids)
                        .bind("now", now)
                        .fetch()
                        .rowsUpdated();
    }

    private record Held(String id, @Nullable Change news) {}
}
