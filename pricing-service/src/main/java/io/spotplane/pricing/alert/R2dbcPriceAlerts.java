package io.spotplane.pricing.alert;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.spotplane.pricing.book.BookJson;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcPriceAlerts implements PriceAlerts {

    private static final String COLUMNS =
            "id, definition::text AS definition, state, generation, cause::text AS cause, changed_at, created_at, judged_at";

    /** One tenant's alerts are added one after the other, so that counting them means something. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('price_alert ' || :tenant))";

    private static final String ADD = """
            INSERT INTO price_alert (id, tenant, definition)
            SELECT uuidv7(), :tenant, CAST(:definition AS jsonb)
             WHERE (SELECT count(*) FROM price_alert WHERE tenant = :tenant) < :most
            RETURNING\s""" + COLUMNS;

    private static final String FIND = "SELECT " + COLUMNS + " FROM price_alert WHERE tenant = :tenant AND id = :id";

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM price_alert
            WHERE tenant = :tenant AND (CAST(:after AS uuid) IS NULL OR id > :after)
            ORDER BY id LIMIT :limit""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final JsonMapper json;

    R2dbcPriceAlerts(DatabaseClient database, TransactionalOperator transaction, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<PriceAlert> add(String tenant, AlertDefinition definition, int most) {
        return database.sql(ONE_AT_A_TIME)
                .bind("tenant", tenant)
                .fetch()
                .rowsUpdated()
                .then(insert(tenant, definition, most))
                .as(transaction::transactional);
    }

    private Mono<PriceAlert> insert(String tenant, AlertDefinition definition, int most) {
        return database.sql(ADD)
                .bind("tenant", tenant)
                .bind("definition", json.writeValueAsString(definition))
                .bind("most", most)
                .map(this::alert)
                .one();
    }

    @Override
    public Mono<PriceAlert> find(String tenant, UUID id) {
        return database.sql(FIND)
                .bind("tenant", tenant)
                .bind("id", id)
                .map(this::alert)
                .one();
    }

    @Override
    public Flux<PriceAlert> list(String tenant, @Nullable UUID after, int limit) {
        return database.sql(LIST)
                .bind("tenant", tenant)
                .bind("after", after == null ? Parameters.in(UUID.class) : after)
                .bind("limit", limit)
                .map(this::alert)
                .all();
    }

    @Override
    public Mono<Boolean> remove(String tenant, UUID id) {
        return database.sql("DELETE FROM price_alert WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    @Override
    public Mono<Boolean> everForSale(String offeringId) {
        return database.sql("SELECT EXISTS (SELECT FROM offering WHERE id = :id)")
                .bind("id", offeringId)
                .mapValue(Boolean.class)
                .one();
    }

    private PriceAlert alert(Readable row) {
        var cause = row.get("cause", String.class);
        return new PriceAlert(
                value(row, "id", UUID.class),
                json.readValue(value(row, "definition", String.class), AlertDefinition.class),
                PriceAlert.State.valueOf(value(row, "state", String.class)),
                value(row, "generation", Long.class),
                cause == null ? null : json.readValue(cause, Cause.class),
                value(row, "changed_at", Instant.class),
                value(row, "created_at", Instant.class),
                row.get("judged_at", Instant.class));
    }

    private static <T> T value(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }
}
