package io.spotplane.pricing.auction;

import io.r2dbc.spi.Readable;
import io.spotplane.pricing.book.BookJson;
import io.spotplane.providers.spi.HammerPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcAuctionArchive implements AuctionArchive {

    private static final int BATCH = 5_000;

    private static final String INTRODUCE =
            "INSERT INTO auction_source (provider) VALUES (:provider) ON CONFLICT DO NOTHING";

    private static final String CLAIM = """
            UPDATE auction_source SET due_at = clock_timestamp() + make_interval(secs => :every)
             WHERE provider = :provider AND due_at <= clock_timestamp()""";

    private static final String NEWEST = """
            SELECT r.offering_id, p.run_at
              FROM auction_reading r
              JOIN LATERAL (SELECT run_at FROM auction_price WHERE offering_id = r.offering_id
                             ORDER BY run_at DESC LIMIT 1) p ON true
             WHERE r.provider = :provider""";

    private static final String APPEND = """
            INSERT INTO auction_price (offering_id, run_at, amount)
            SELECT :offering, p.run_at, p.amount
              FROM jsonb_to_recordset(CAST(:prices AS jsonb)) AS p(run_at timestamptz, amount numeric)
            ON CONFLICT DO NOTHING""";

    private static final String READ_WELL = """
            INSERT INTO auction_reading (offering_id, provider, read_at, rejected, error)
            VALUES (:offering, :provider, :at, :rejected, NULL)
            ON CONFLICT (offering_id) DO UPDATE SET read_at = excluded.read_at, rejected = excluded.rejected, error = NULL""";

    private static final String UNREAD = """
            INSERT INTO auction_reading (offering_id, provider, error) VALUES (:offering, :provider, :error)
            ON CONFLICT (offering_id) DO UPDATE SET error = excluded.error""";

    private static final String LOOK = """
            INSERT INTO auction_look (offering_id, seen_at, market, p20, p50, p80)
            SELECT l.offering_id, l.seen_at, l.market, l.p20, l.p50, l.p80
              FROM jsonb_to_recordset(CAST(:looks AS jsonb))
                   AS l(offering_id text, seen_at timestamptz, market numeric, p20 numeric, p50 numeric, p80 numeric)
            ON CONFLICT DO NOTHING""";

    private static final String FINISHED = """
            UPDATE auction_source
               SET version = version + 1, attempted_at = :at, looked_at = CASE WHEN :looked THEN :at ELSE looked_at END,
                   error = :error
             WHERE provider = :provider""";

    private static final String CHANGES = """
            SELECT offering_id, run_at, amount,
                   CASE WHEN run_at > run_before + make_interval(secs => :gap)
                        THEN run_before + make_interval(secs => :gap) END AS unknown_from
              FROM (SELECT offering_id, run_at, amount, lag(amount) OVER w AS amount_before,
                           lag(run_at) OVER w AS run_before, lead(run_at) OVER w AS run_after
                      FROM auction_price WHERE run_at >= :from
                    WINDOW w AS (PARTITION BY offering_id ORDER BY run_at)) AS p
             WHERE amount IS DISTINCT FROM amount_before OR run_after IS NULL
                OR run_at > run_before + make_interval(secs => :gap)
             ORDER BY offering_id, run_at""";

    private static final String OWN = """
            SELECT o.id, h.received_at, h.price, h.for_sale
              FROM offering o JOIN price_history h ON h.offering_key = o.key
             WHERE o.id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb))) AND h.received_at >= :from
             ORDER BY o.id, h.received_at""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final JsonMapper json;

    R2dbcAuctionArchive(DatabaseClient database, TransactionalOperator transaction, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<Boolean> claim(String provider, Duration every) {
        return database.sql(INTRODUCE)
                .bind("provider", provider)
                .fetch()
                .rowsUpdated()
                .then(database.sql(CLAIM)
                        .bind("provider", provider)
                        .bind("every", every.toMillis() / 1000.0)
                        .fetch()
                        .rowsUpdated())
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Map<String, Instant>> newest(String provider) {
        return database.sql(NEWEST)
                .bind("provider", provider)
                .map(row -> Map.entry(value(row, "offering_id", String.class), value(row, "run_at", Instant.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    @Override
    public Mono<Long> append(Reading reading, List<HammerPrice> prices) {
        return Flux.fromIterable(prices)
                .buffer(BATCH)
                .concatMap(batch -> append(reading.offeringId(), batch))
                .reduce(0L, Long::sum)
                .delayUntil(added -> readWell(reading))
                .as(transaction::transactional);
    }

    private Mono<Long> append(String offeringId, List<HammerPrice> batch) {
        var rows = batch.stream()
                .map(price -> Map.of(
                        "run_at",
                        price.at().toString(),
                        "amount",
                        price.amount().toPlainString()))
                .toList();
        return database.sql(APPEND)
                .bind("offering", offeringId)
                .bind("prices", json.writeValueAsString(rows))
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> readWell(Reading reading) {
        return database.sql(READ_WELL)
                .bind("offering", reading.offeringId())
                .bind("provider", reading.provider())
                .bind("at", reading.at())
                .bind("rejected", reading.rejected())
                .fetch()
                .rowsUpdated();
    }

    @Override
    public Mono<Void> unread(String provider, String offeringId, String error) {
        return database.sql(UNREAD)
                .bind("offering", offeringId)
                .bind("provider", provider)
                .bind("error", error)
                .fetch()
                .rowsUpdated()
                .then();
    }

    @Override
    public Mono<Void> append(List<Look> looks) {
        var rows = looks.stream().map(R2dbcAuctionArchive::row).toList();
        return database.sql(LOOK)
                .bind("looks", json.writeValueAsString(rows))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static Map<String, String> row(Look look) {
        return Map.of(
                "offering_id", look.offeringId(),
                "seen_at", look.at().toString(),
                "market", text(look.market()),
                "p20", text(look.p20()),
                "p50", text(look.p50()),
                "p80", text(look.p80()));
    }

    private static String text(long micros) {
        return Micros.toAmount(micros).toPlainString();
    }

    @Override
    public Mono<Void> finished(String provider, Instant at, boolean looked, @Nullable String error) {
        var statement =
                database.sql(FINISHED).bind("provider", provider).bind("at", at).bind("looked", looked);
        return (error == null ? statement.bindNull("error", String.class) : statement.bind("error", error))
                .fetch()
                .rowsUpdated()
                .then();
    }

    @Override
    public Mono<Long> version() {
        return database.sql("SELECT coalesce(sum(version), 0)::bigint AS version FROM auction_source")
                .map(row -> value(row, "version", Long.class))
                .one();
    }

    @Override
    public Mono<Kept> read(Instant from, Duration longestGap) {
        return Mono.zip(points(from, longestGap), looks(from), readings())
                .map(all -> new Kept(all.getT1(), all.getT2(), all.getT3()));
    }

    private Mono<Map<String, List<PricePath.Point>>> points(Instant from, Duration longestGap) {
        return database.sql(CHANGES)
                .bind("from", from)
                .bind("gap", longestGap.toSeconds())
                .map(row -> new Named<>(value(row, "offering_id", String.class), hammered(row)))
                .all()
                .flatMapIterable(Named::each)
                .collect(HashMap::new, Named::into);
    }

    /** A price, after the end of the one before it where no auction was heard of for too long. */
    private static List<PricePath.Point> hammered(Readable row) {
        var price = new PricePath.Point(second(row, "run_at"), micros(row, "amount"));
        var unknownFrom = row.get("unknown_from", Instant.class);
        return unknownFrom == null
                ? List.of(price)
                : List.of(new PricePath.Point(unknownFrom.getEpochSecond(), null), price);
    }

    private Mono<Map<String, List<Look>>> looks(Instant from) {
        return database.sql("""
                        SELECT offering_id, seen_at, market, p20, p50, p80 FROM auction_look
                         WHERE seen_at >= :from ORDER BY offering_id, seen_at""")
                .bind("from", from)
                .map(row -> look(row))
                .all()
                .map(look -> new Named<>(look.offeringId(), look))
                .collect(HashMap::new, Named::into);
    }

    private static Look look(Readable row) {
        return new Look(
                value(row, "offering_id", String.class),
                value(row, "seen_at", Instant.class),
                micros(row, "market"),
                micros(row, "p20"),
                micros(row, "p50"),
                micros(row, "p80"));
    }

    private Mono<Map<String, Read>> readings() {
        return database.sql("SELECT offering_id, read_at, rejected, error FROM auction_reading")
                .map(row -> Map.entry(
                        value(row, "offering_id", String.class),
                        new Read(
                                row.get("read_at", Instant.class),
                                value(row, "rejected", Integer.class),
                                row.get("error", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    @Override
    public Mono<Map<String, List<PricePath.Point>>> ownHistory(List<String> offeringIds, Instant from) {
        return database.sql(OWN)
                .bind("ids", json.writeValueAsString(offeringIds))
                .bind("from", from)
                .map(row -> new Named<>(value(row, "id", String.class), own(row)))
                .all()
                .collect(HashMap::new, Named::into);
    }

    private static PricePath.Point own(Readable row) {
        var forSale = value(row, "for_sale", Boolean.class);
        return new PricePath.Point(second(row, "received_at"), forSale ? micros(row, "price") : null);
    }

    @Override
    public Mono<Long> dropBefore(Instant moment) {
        return Flux.just(
                        "DELETE FROM auction_price WHERE run_at < :moment",
                        "DELETE FROM auction_look WHERE seen_at < :moment")
                .concatMap(
                        sql -> database.sql(sql).bind("moment", moment).fetch().rowsUpdated())
                .reduce(0L, Long::sum);
    }

    private static long micros(Readable row, String column) {
        return Micros.of(value(row, column, BigDecimal.class));
    }

    private static long second(Readable row, String column) {
        return value(row, column, Instant.class).getEpochSecond();
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private record Named<T>(String id, T value) {
        static <T> void into(Map<String, List<T>> all, Named<T> one) {
            all.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(one.value());
        }

        static <T> List<Named<T>> each(Named<List<T>> all) {
            return all.value().stream().map(one -> new Named<>(all.id(), one)).toList();
        }
    }
}
