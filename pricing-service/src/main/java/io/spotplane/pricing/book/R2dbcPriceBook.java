package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.announce.Announcements;
import io.spotplane.pricing.book.Debounce.Decision;
import io.spotplane.pricing.offering.Change;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Instant;
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

    /**
     * Fences and extends the lease: what a transaction wrote is committed only while the lease is ours. Comes last, so that two batches are written at
     * once and wait for each other only here.
     */
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

    /** What {@code chr(30)} is in the statement below. */
    private static final String RECORD_SEPARATOR = "\u001e";

    private static final String WRITE = """
            WITH change AS (
                SELECT *
                  FROM unnest(CAST(:ids AS text[]), string_to_array(:documents, chr(30)), CAST(:withdrawn AS boolean[]),
                              CAST(:holds AS text[]), CAST(:tolds AS text[]), CAST(:observed AS text[]),
                              CAST(:prices AS text[]), CAST(:billed AS text[]), CAST(:currencies AS text[]),
                              CAST(:availabilities AS text[]), CAST(:sources AS text[]), CAST(:tells AS boolean[]))
                       AS c (id, document, withdrawn, held_until, told, observed_at, price, billed_price, currency,
                             availability, source, tells)
            ), written AS (
                INSERT INTO offering AS o (id, provider, document, withdrawn_at, told_at, held_until, told)
                SELECT id, :provider, document::jsonb, CASE WHEN withdrawn THEN :at END, CASE WHEN tells THEN :at END,
                       held_until::timestamptz, told::jsonb
                  FROM change
                ON CONFLICT (id) DO UPDATE
                   SET document = excluded.document,
                       withdrawn_at = excluded.withdrawn_at,
                       told_at = coalesce(excluded.told_at, o.told_at),
                       held_until = excluded.held_until,
                       told = excluded.told
                RETURNING key, id
            )
            INSERT INTO price_history
                (offering_key, received_at, observed_at, price, billed_price, currency, availability, for_sale, source)
            SELECT key, :at, observed_at::timestamptz, price::numeric, billed_price::numeric, currency, availability,
                   NOT withdrawn, source
              FROM change JOIN written USING (id)
             WHERE tells""";

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
    public Mono<Recorded> record(Lease lease, List<Change> changes, Debounce debounce, Instant at) {
        return stillOurs(lease)
                .then(Mono.defer(() -> decide(lease, changes, debounce, at)))
                .publishOn(Schedulers.boundedElastic())
                .delayUntil(decided -> write(lease, decided, at))
                .delayUntil(decided -> outbox.append(Announcements.of(news(decided))))
                .flatMap(decided -> turnPage(lease).map(version -> recorded(version, decided)))
                .as(transaction::transactional)
                .checkpoint("record changes of a market");
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

    private Mono<Long> write(Lease lease, List<Decided> decided, Instant at) {
        return database.sql(WRITE)
                .bind("provider", lease.provider())
                .bind("at", at)
                .bind("ids", column(decided, row -> row.offering().id(), String[]::new))
                .bind("documents", documents(decided))
                .bind("withdrawn", column(decided, row -> row.change().after() == null, Boolean[]::new))
                .bind("holds", column(decided, Decided::heldUntil, String[]::new))
                .bind("tolds", column(decided, this::told, String[]::new))
                .bind(
                        "observed",
                        column(decided, row -> row.offering().observedAt().toString(), String[]::new))
                .bind("prices", column(decided, row -> amount(row.offering().price()), String[]::new))
                .bind("billed", column(decided, row -> amount(row.offering().billedPrice()), String[]::new))
                .bind(
                        "currencies",
                        column(decided, row -> row.offering().price().currency(), String[]::new))
                .bind(
                        "availabilities",
                        column(decided, row -> row.offering().availability().name(), String[]::new))
                .bind("sources", column(decided, row -> row.offering().source(), String[]::new))
                .bind("tells", column(decided, row -> row.decision() instanceof Decision.Tell, Boolean[]::new))
                .fetch()
                .rowsUpdated();
    }

    /** As one text, since an array of them is escaped quote by quote. In no JSON that we write is there a raw control character. */
    private String documents(List<Decided> decided) {
        return decided.stream()
                .map(row -> json.writeValueAsString(row.offering()))
                .collect(Collectors.joining(RECORD_SEPARATOR));
    }

    private @Nullable String told(Decided decided) {
        return decided.decision() instanceof Decision.Hold(var told, var until) && told.offering() != null
                ? json.writeValueAsString(told.offering())
                : null;
    }

    private static String amount(HourlyPrice price) {
        return price.amount().toPlainString();
    }

    private static <R, T extends @Nullable Object> T[] column(
            List<R> rows, Function<R, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
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

    /** A change and what becomes of it. */
    private record Decided(Change change, Decision decision) {

        Offering offering() {
            return change.offering();
        }

        @Nullable
        String heldUntil() {
            return decision instanceof Decision.Hold(var told, var until) ? until.toString() : null;
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
