package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.announce.Announcements;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcPriceBook implements PriceBook {

    /** Fences and extends the lease, and orders the writers of one market: the row stays locked until the commit. */
    private static final String TURN_PAGE = """
            UPDATE market
               SET version = version + 1, lease_expires = clock_timestamp() + make_interval(secs => :term)
             WHERE provider = :provider AND lease_token = :token
            RETURNING version""";

    private static final String WRITE = """
            WITH change AS (
                SELECT c -> 'offering' AS offering, (c ->> 'withdrawn')::boolean AS withdrawn
                  FROM jsonb_array_elements(CAST(:changes AS jsonb)) AS c
            ), written AS (
                INSERT INTO offering (id, provider, document, withdrawn_at)
                SELECT offering ->> 'id', offering ->> 'provider', offering, CASE WHEN withdrawn THEN :at END
                  FROM change
                ON CONFLICT (id) DO UPDATE SET document = excluded.document, withdrawn_at = excluded.withdrawn_at
                RETURNING key, id
            )
            INSERT INTO price_history
                (offering_key, received_at, observed_at, price, billed_price, currency, availability, for_sale, source)
            SELECT key, :at, (offering ->> 'observedAt')::timestamptz,
                   (offering #>> '{price,amount}')::numeric, (offering #>> '{billedPrice,amount}')::numeric,
                   offering #>> '{price,currency}', offering ->> 'availability', NOT withdrawn, offering ->> 'source'
              FROM change JOIN written ON id = offering ->> 'id'""";

    private static final String FOR_SALE = """
            SELECT document::text AS document FROM offering WHERE provider = :provider AND withdrawn_at IS NULL""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final JsonMapper json;

    R2dbcPriceBook(DatabaseClient database, TransactionalOperator transaction, Outbox outbox, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<Long> record(Lease lease, List<Change> changes, Instant at) {
        return turnPage(lease)
                .delayUntil(version -> write(changes, at))
                .delayUntil(version -> outbox.append(Announcements.of(changes)))
                .as(transaction::transactional)
                .checkpoint("record changes of a market");
    }

    private Mono<Long> turnPage(Lease lease) {
        return database.sql(TURN_PAGE)
                .bind("provider", lease.provider())
                .bind("token", lease.token())
                .bind("term", lease.term().toMillis() / 1000.0)
                .map(R2dbcPriceBook::version)
                .one()
                .switchIfEmpty(Mono.error(() -> new LeaseLost(lease)));
    }

    private Mono<Long> write(List<Change> changes, Instant at) {
        var rows = changes.stream().map(ChangedRow::of).toList();
        return database.sql(WRITE)
                .bind("changes", json.writeValueAsString(rows))
                .bind("at", at)
                .fetch()
                .rowsUpdated();
    }

    /** The version first: offerings may then be newer than it says, never older. */
    @Override
    public Mono<Page> read(String provider) {
        return header(provider)
                .flatMap(header -> forSale(provider)
                        .map(offerings -> new Page(provider, header.version(), header.report(), offerings)));
    }

    private Mono<Header> header(String provider) {
        return database.sql("SELECT version, report::text AS report FROM market WHERE provider = :provider")
                .bind("provider", provider)
                .map(this::header)
                .one();
    }

    private Header header(Readable row) {
        var report = row.get("report", String.class);
        return new Header(version(row), report == null ? null : json.readValue(report, MarketReport.class));
    }

    private Mono<Map<String, Offering>> forSale(String provider) {
        return database.sql(FOR_SALE)
                .bind("provider", provider)
                .map(row -> json.readValue(Objects.requireNonNull(row.get("document", String.class)), Offering.class))
                .all()
                .collectMap(Offering::id);
    }

    @Override
    public Mono<Map<String, Long>> versions() {
        return database.sql("SELECT provider, version FROM market")
                .map(row -> Map.entry(Objects.requireNonNull(row.get("provider", String.class)), version(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static long version(Readable row) {
        return Objects.requireNonNull(row.get("version", Long.class));
    }

    private record ChangedRow(Offering offering, boolean withdrawn) {
        static ChangedRow of(Change change) {
            return new ChangedRow(change.offering(), change instanceof Change.Withdrawn);
        }
    }

    private record Header(long version, @Nullable MarketReport report) {}
}
