package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.announce.Announcements;
import io.spotplane.pricing.book.Debounce.Decision;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcPriceBook implements PriceBook {

    /** A replica that lost its lease need not begin. */
    private static final String STILL_OURS = """
            SELECT version FROM market WHERE provider = :provider AND lease_token = :token""";

    /** Fences and extends the lease: what a transaction wrote is committed only while the lease is ours. */
    private static final String TURN_PAGE = """
            UPDATE market
               SET version = version + 1, lease_expires = clock_timestamp() + make_interval(secs => :term)
             WHERE provider = :provider AND lease_token = :token
            RETURNING version""";

    /** What others know of offerings that were told of a short time ago, or that wait to be told of. Locked, so that nobody tells meanwhile. */
    private static final String TOLD = """
            SELECT id, told_at, held_until IS NOT NULL AS held, told::text AS told
              FROM offering
             WHERE id = ANY(:ids) AND (told_at > :since OR held_until IS NOT NULL)
             ORDER BY id
               FOR UPDATE""";

    /** The same where nothing is held any longer: few, or none. */
    private static final String HELD = """
            SELECT id, told_at, TRUE AS held, told::text AS told
              FROM offering
             WHERE provider = :provider AND id = ANY(:ids) AND held_until IS NOT NULL
             ORDER BY id
               FOR UPDATE""";

    /** Rows of one statement, so that its memory does not grow with the market. */
    private static final int BATCH = 2_000;

    /** Batches under way on the one connection of a transaction: some are encoded while the database is busy with another. */
    private static final int BATCHES_AT_ONCE = 3;

    /** What {@code chr(30)} is in {@link #DESCRIBE}. */
    private static final String RECORD_SEPARATOR = "\u001e";

    /** The state of offerings. */
    private static final String KEEP = """
            INSERT INTO offering AS o (id, provider, observed_at, received_at, price, billed_price, currency, availability,
                                       confidence, source, withdrawn_at, told_at, held_until, told)
            SELECT id, :provider, observed_at, received_at, price, billed_price, currency, availability, confidence, source,
                   CASE WHEN withdrawn THEN :at END, CASE WHEN :tells THEN :at END, held_until, told::jsonb
              FROM unnest(:ids, :observed, :received, :prices, :billed, :currencies, :availabilities, :confidences, :sources,
                          :withdrawn, :holds, :tolds)
                   AS change (id, observed_at, received_at, price, billed_price, currency, availability, confidence, source,
                              withdrawn, held_until, told)
            ON CONFLICT (id) DO UPDATE
               SET observed_at = excluded.observed_at,
                   received_at = excluded.received_at,
                   price = excluded.price,
                   billed_price = excluded.billed_price,
                   currency = excluded.currency,
                   availability = excluded.availability,
                   confidence = excluded.confidence,
                   source = excluded.source,
                   withdrawn_at = excluded.withdrawn_at,
                   told_at = coalesce(excluded.told_at, o.told_at),
                   held_until = excluded.held_until,
                   told = excluded.told""";

    /** The same of those that others are told of, with their history. */
    private static final String KEEP_AND_REMEMBER = "WITH kept AS (" + KEEP + " RETURNING o.*) " + """
            INSERT INTO price_history
                (offering_key, received_at, observed_at, price, billed_price, currency, availability, for_sale, source)
            SELECT key, :at, observed_at, price, billed_price, currency, availability, withdrawn_at IS NULL, source
              FROM kept""";

    private static final String DESCRIBE = """
            INSERT INTO offering_description (offering_id, description)
            SELECT id, description::jsonb FROM unnest(:ids, string_to_array(:descriptions, chr(30))) AS new (id, description)
            ON CONFLICT (offering_id) DO UPDATE SET description = excluded.description""";

    private static final String FOR_SALE = "SELECT " + R2dbcOfferings.COLUMNS + " FROM " + R2dbcOfferings.TABLES
            + " WHERE provider = :provider AND withdrawn_at IS NULL";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final JsonMapper json;
    private final R2dbcOfferings kept;

    R2dbcPriceBook(DatabaseClient database, TransactionalOperator transaction, Outbox outbox, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.json = bookJson.mapper();
        this.kept = new R2dbcOfferings(json);
    }

    @Override
    public Mono<Recorded> record(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        return stillOurs(lease)
                .thenMany(Flux.fromIterable(changes).buffer(BATCH))
                .flatMap(batch -> recordBatch(lease, batch, debounce, at), BATCHES_AT_ONCE)
                .reduce(new Recorded(lease.version(), 0, 0, 0), Recorded::and)
                .flatMap(recorded -> turnPage(lease).map(recorded::at))
                .as(transaction::transactional)
                .checkpoint("record changes of a market");
    }

    private Mono<Recorded> recordBatch(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        return decide(lease, changes, debounce, at)
                .publishOn(Schedulers.boundedElastic())
                .delayUntil(decided -> write(lease, decided, at))
                .delayUntil(decided -> outbox.append(Announcements.of(news(decided))))
                .map(decided -> recorded(lease.version(), decided));
    }

    private Mono<Long> stillOurs(Lease lease) {
        return database.sql(STILL_OURS)
                .bind("provider", lease.provider())
                .bind("token", lease.token())
                .map(R2dbcPriceBook::version)
                .one()
                .switchIfEmpty(Mono.error(() -> new LeaseLost(lease)));
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

    private Mono<List<Decided>> decide(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        return told(lease, changes, debounce, at)
                .collectMap(Known::id)
                .map(known -> changes.stream()
                        .map(change ->
                                decided(change, known.get(change.offering().id()), debounce, at))
                        .toList());
    }

    private Flux<Known> told(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        var question = debounce.window().isZero()
                ? database.sql(HELD).bind("provider", lease.provider())
                : database.sql(TOLD).bind("since", at.minus(debounce.window()));
        return question.bind("ids", column(changes, change -> change.offering().id(), String[]::new))
                .map(this::known)
                .all();
    }

    private Known known(Readable row) {
        var told = row.get("told", String.class);
        return new Known(
                Objects.requireNonNull(row.get("id", String.class)),
                Objects.requireNonNull(row.get("told_at", Instant.class)),
                Boolean.TRUE.equals(row.get("held", Boolean.class)),
                told == null ? null : json.readValue(told, Offering.class));
    }

    private static Decided decided(Change change, @Nullable Known known, Debounce debounce, Instant at) {
        return new Decided(change, debounce.decide(change, known == null ? null : known.before(change), at));
    }

    private static List<Change> news(List<Decided> decided) {
        return decided.stream()
                .map(Decided::decision)
                .filter(Decision.Tell.class::isInstance)
                .map(decision -> ((Decision.Tell) decision).news())
                .toList();
    }

    private static Recorded recorded(long version, List<Decided> decided) {
        int told = count(decided, Decision.Tell.class);
        int held = count(decided, Decision.Hold.class);
        return new Recorded(version, told, held, decided.size() - told - held);
    }

    private static int count(List<Decided> decided, Class<? extends Decision> kind) {
        return (int)
                decided.stream().map(Decided::decision).filter(kind::isInstance).count();
    }

    private Mono<Void> write(Lease lease, List<Decided> decided, Instant at) {
        return describe(decided).then(keep(true, lease, decided, at)).then(keep(false, lease, decided, at));
    }

    private Mono<Void> describe(List<Decided> decided) {
        var offerings = decided.stream()
                .map(Decided::change)
                .filter(Description::isNewIn)
                .map(Change::offering)
                .toList();
        return offerings.isEmpty()
                ? Mono.empty()
                : database.sql(DESCRIBE)
                        .bind("ids", column(offerings, Offering::id, String[]::new))
                        .bind("descriptions", descriptions(offerings))
                        .then();
    }

    /** Those of {@code decided} that others are told of now, or those that they are not. */
    private Mono<Void> keep(boolean tells, Lease lease, List<Decided> decided, Instant at) {
        var rows = decided.stream().filter(row -> row.tells() == tells).toList();
        return rows.isEmpty()
                ? Mono.empty()
                : database.sql(tells ? KEEP_AND_REMEMBER : KEEP)
                        .bind("provider", lease.provider())
                        .bind("at", at)
                        .bind("tells", tells)
                        .bind("ids", each(rows, Offering::id, String[]::new))
                        .bind("observed", each(rows, Offering::observedAt, Instant[]::new))
                        .bind("received", each(rows, Offering::receivedAt, Instant[]::new))
                        .bind("prices", each(rows, offering -> offering.price().amount(), BigDecimal[]::new))
                        .bind(
                                "billed",
                                each(rows, offering -> offering.billedPrice().amount(), BigDecimal[]::new))
                        .bind(
                                "currencies",
                                each(rows, offering -> offering.price().currency(), String[]::new))
                        .bind(
                                "availabilities",
                                each(rows, offering -> offering.availability().name(), String[]::new))
                        .bind("confidences", each(rows, R2dbcPriceBook::confidence, String[]::new))
                        .bind("sources", each(rows, Offering::source, String[]::new))
                        .bind("withdrawn", column(rows, row -> row.change().after() == null, Boolean[]::new))
                        .bind("holds", column(rows, Decided::heldUntil, Instant[]::new))
                        .bind("tolds", column(rows, this::told, String[]::new))
                        .then();
    }

    private static @Nullable String confidence(Offering offering) {
        var confidence = offering.availabilityConfidence();
        return confidence == null ? null : confidence.name();
    }

    /** As one text, since an array of them is escaped quote by quote. In no JSON that we write is there a raw control character. */
    private String descriptions(List<Offering> offerings) {
        return offerings.stream()
                .map(offering -> json.writeValueAsString(Description.of(offering)))
                .collect(Collectors.joining(RECORD_SEPARATOR));
    }

    private @Nullable String told(Decided decided) {
        return decided.decision() instanceof Decision.Hold(var told, var until) && told.offering() != null
                ? json.writeValueAsString(told.offering())
                : null;
    }

    private static <T extends @Nullable Object> T[] each(
            List<Decided> rows, Function<Offering, T> value, IntFunction<T[]> array) {
        return column(rows, row -> value.apply(row.offering()), array);
    }

    /** Empty when there is no value at all: {@code unnest} fills up with nulls what is shorter than the others. */
    private static <R, T extends @Nullable Object> T[] column(
            List<R> rows, Function<R, T> value, IntFunction<T[]> array) {
        var values = rows.stream().map(value).toArray(array);
        return Arrays.stream(values).allMatch(Objects::isNull) ? array.apply(0) : values;
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
                .map(kept::offering)
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

    /** A change and what becomes of it. */
    private record Decided(Change change, Decision decision) {

        Offering offering() {
            return change.offering();
        }

        boolean tells() {
            return decision instanceof Decision.Tell;
        }

        @Nullable
        Instant heldUntil() {
            return decision instanceof Decision.Hold(var told, var until) ? until : null;
        }
    }

    /** An offering that others were told of a short time ago; while nothing is held, they know what the book said before. */
    private record Known(
            String id,
            Instant toldAt,
            boolean held,
            @Nullable Offering told) {

        Told before(Change change) {
            return new Told(held ? told : change.before(), toldAt);
        }
    }

    private record Header(long version, @Nullable MarketReport report) {}
}
