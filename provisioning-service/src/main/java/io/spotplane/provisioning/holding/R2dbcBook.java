package io.spotplane.provisioning.holding;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.outbox.Outbox;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.document.Documents;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.offering.CoolDowns;
import io.spotplane.provisioning.timeline.TimelineEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The book in PostgreSQL. A change locks the request's row for the length of its transaction, which holds statements only: no
 * remote call. Leases live on the same row and end by the database's clock.
 */
public final class R2dbcBook implements Book {

    private static final Logger log = LoggerFactory.getLogger(R2dbcBook.class);

    private static final String LOCK = "SELECT document FROM capacity_request WHERE id = :id FOR UPDATE";
    private static final String LOCK_HELD = """
            SELECT document FROM capacity_request
            WHERE id = :id AND lock_token = :token AND lock_expires_at > clock_timestamp() FOR UPDATE""";
    private static final String TAKE_DUE = """
            UPDATE capacity_request SET lock_owner = :owner, lock_token = gen_random_uuid(),
                lock_expires_at = clock_timestamp() + :lease * interval '1 millisecond', look_at = 'infinity'
            WHERE id IN (
                SELECT id FROM capacity_request
                WHERE open AND (look_at <= clock_timestamp() OR lock_expires_at < clock_timestamp())
                    AND (lock_expires_at IS NULL OR lock_expires_at < clock_timestamp())
                ORDER BY LEAST(look_at, COALESCE(lock_expires_at, look_at)) LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING id, lock_token""";
    private static final String TAKE = """
            UPDATE capacity_request SET lock_owner = :owner, lock_token = gen_random_uuid(),
                lock_expires_at = clock_timestamp() + :lease * interval '1 millisecond', look_at = 'infinity'
            WHERE id IN (
                SELECT id FROM capacity_request
                WHERE id = :id AND open AND (lock_expires_at IS NULL OR lock_expires_at < clock_timestamp())
                FOR UPDATE SKIP LOCKED)
            RETURNING id, lock_token""";
    private static final String EXTEND = """
            UPDATE capacity_request SET lock_expires_at = clock_timestamp() + :lease * interval '1 millisecond'
            WHERE id = :id AND lock_token = :token AND lock_expires_at > clock_timestamp()""";
    private static final String RELEASE = """
            UPDATE capacity_request SET lock_owner = NULL, lock_token = NULL, lock_expires_at = NULL,
                look_at = LEAST(look_at, :next)
            WHERE id = :id AND lock_token = :token""";
    private static final String SPENT =
            "SELECT COALESCE(SUM(cost), 0) AS spent FROM instance WHERE request_id = :id AND NOT open";
    private static final String PUT_INSTANCE = """
            INSERT INTO instance
                (id, request_id, tenant, provider, token, machine, phase, open, cost, document, version, created_at)
            VALUES (:id, :request, :tenant, :provider, :token, :machine, :phase, :open, :cost, :document, :version, :createdAt)
            ON CONFLICT (id) DO UPDATE SET machine = COALESCE(excluded.machine, instance.machine), phase = excluded.phase,
                open = excluded.open, cost = excluded.cost, document = excluded.document, version = excluded.version""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final CoolDowns coolDowns;
    private final WakeUps wakeUps;
    private final Documents documents;
    private final InstantSource clock;
    private final BookMeters meters;
    private final String owner;
    private final Duration lease;

    public R2dbcBook(
            DatabaseClient database,
            TransactionalOperator transaction,
            Outbox outbox,
            CoolDowns coolDowns,
            WakeUps wakeUps,
            Documents documents,
            InstantSource clock,
            BookMeters meters,
            String owner,
            Duration lease) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.coolDowns = coolDowns;
        this.wakeUps = wakeUps;
        this.documents = documents;
        this.clock = clock;
        this.meters = meters;
        this.owner = owner;
        this.lease = lease;
    }

    @Override
    public Mono<Boolean> open(CapacityRequest request) {
        return insert(request)
                .flatMap(written -> written
                        ? record(Page.opening(request, clock.instant()))
                                .then(wakeAfterCommit(request.id()))
                                .thenReturn(true)
                        : Mono.just(false))
                .as(transaction::transactional);
    }

    @Override
    public Mono<Holding> read(UUID requestId) {
        return database.sql("SELECT document FROM capacity_request WHERE id = :id")
                .bind("id", requestId)
                .map(this::request)
                .one()
                .flatMap(this::held);
    }

    @Override
    public Mono<Holding> change(UUID requestId, Decide decide) {
        return database.sql(LOCK)
                .bind("id", requestId)
                .map(this::request)
                .one()
                .flatMap(this::held)
                .flatMap(before -> decide(before, decide))
                .flatMap(after ->
                        dueNow(requestId).then(wakeAfterCommit(requestId)).thenReturn(after))
                .as(transaction::transactional);
    }

    @Override
    public Mono<Holding> change(Grip grip, Decide decide) {
        return database.sql(LOCK_HELD)
                .bind("id", grip.requestId())
                .bind("token", grip.token())
                .map(this::request)
                .one()
                .flatMap(this::held)
                .flatMap(before -> decide(before, decide))
                .as(transaction::transactional);
    }

    @Override
    public Flux<Grip> takeDue(int limit) {
        return database.sql(TAKE_DUE)
                .bind("owner", owner)
                .bind("lease", lease.toMillis())
                .bind("limit", limit)
                .map(R2dbcBook::grip)
                .all();
    }

    @Override
    public Mono<Grip> take(UUID requestId) {
        return database.sql(TAKE)
                .bind("owner", owner)
                .bind("lease", lease.toMillis())
                .bind("id", requestId)
                .map(R2dbcBook::grip)
                .one();
    }

    @Override
    public Mono<Boolean> extend(Grip grip) {
        return database.sql(EXTEND)
                .bind("lease", lease.toMillis())
                .bind("id", grip.requestId())
                .bind("token", grip.token())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Void> release(Grip grip, Instant next) {
        return database.sql(RELEASE)
                .bind("next", next.atOffset(ZoneOffset.UTC))
                .bind("id", grip.requestId())
                .bind("token", grip.token())
                .then();
    }

    @Override
    public Flux<UUID> holdingAt(String provider) {
        return database.sql("SELECT DISTINCT request_id AS id FROM instance WHERE provider = :provider AND open")
                .bind("provider", provider)
                .map(row -> id(row, "id"))
                .all();
    }

    @Override
    public Flux<Instance> withTokens(Collection<String> tokens) {
        return tokens.isEmpty()
                ? Flux.empty()
                : database.sql("SELECT document FROM instance WHERE token = ANY(:tokens)")
                        .bind("tokens", tokens.toArray(String[]::new))
                        .map(this::instance)
                        .all();
    }

    @Override
    public Mono<Instance> withMachine(String provider, String machine) {
        return database.sql("SELECT document FROM instance WHERE provider = :provider AND machine = :machine LIMIT 1")
                .bind("provider", provider)
                .bind("machine", machine)
                .map(this::instance)
                .one();
    }

    private Mono<Holding> decide(Holding before, Decide decide) {
        var now = clock.instant();
        var page = Page.of(before, decide.on(before, now), now);
        return page.blank() ? Mono.just(before) : write(page, now).thenReturn(page.after());
    }

    private Mono<Void> write(Page page, Instant now) {
        return update(page.after())
                .thenMany(Flux.fromIterable(page.changed()).concatMap(instance -> put(instance, now)))
                .then(coolDowns.add(page.decision().coolDowns()))
                .then(Mono.defer(() -> record(page)))
                .doOnSuccess(_ -> told(page, now));
    }

    private void told(Page page, Instant now) {
        meters.count(page, now);
        page.story()
                .forEach(entry -> log.atInfo()
                        .addKeyValue("requestId", page.after().request().id())
                        .addKeyValue("instanceId", entry.instanceId())
                        .addKeyValue("kind", entry.kind())
                        .log("{}: {}", entry.title(), entry.detail()));
    }

    private Mono<Void> record(Page page) {
        var request = page.after().request();
        return Flux.fromIterable(page.story())
                .concatMap(entry -> tell(request, entry))
                .then(page.events().isEmpty() ? Mono.empty() : outbox.append(page.events()));
    }

    private Mono<Boolean> insert(CapacityRequest request) {
        var insert = database.sql("""
                        INSERT INTO capacity_request
                            (id, tenant, kind, name, phase, open, document, version, created_at)
                        VALUES (:id, :tenant, :kind, :name, :phase, true, :document, :version, :createdAt)
                        ON CONFLICT DO NOTHING""")
                .bind("id", request.id())
                .bind("tenant", request.tenant())
                .bind("kind", request.kind().name())
                .bind("phase", request.standing().phase().name())
                .bind("document", documents.of(request))
                .bind("version", request.version())
                .bind("createdAt", request.createdAt().atOffset(ZoneOffset.UTC));
        var named =
                request.name() == null ? insert.bindNull("name", String.class) : insert.bind("name", request.name());
        return named.fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private Mono<Void> update(Holding after) {
        var request = after.request();
        return database.sql("""
                        UPDATE capacity_request
                        SET phase = :phase, open = :open, document = :document, version = :version WHERE id = :id""")
                .bind("phase", request.standing().phase().name())
                .bind("open", !request.closed())
                .bind("document", documents.of(request))
                .bind("version", request.version())
                .bind("id", request.id())
                .then();
    }

    private Mono<Void> put(Instance instance, Instant now) {
        var put = database.sql(PUT_INSTANCE)
                .bind("id", instance.id())
                .bind("request", instance.requestId())
                .bind("tenant", instance.tenant())
                .bind("provider", instance.provider())
                .bind("token", instance.order().token().value())
                .bind("phase", instance.state().phase().name())
                .bind("open", instance.open())
                .bind("cost", instance.cost(now).amount())
                .bind("document", documents.of(instance))
                .bind("version", instance.version())
                .bind("createdAt", instance.milestones().intendedAt().atOffset(ZoneOffset.UTC));
        return instance.machine()
                .map(ProviderInstanceId::value)
                .map(machine -> put.bind("machine", machine))
                .orElseGet(() -> put.bindNull("machine", String.class))
                .then();
    }

    private Mono<Void> tell(CapacityRequest request, TimelineEntry entry) {
        return database.sql("INSERT INTO timeline (request_id, tenant, document) VALUES (:request, :tenant, :document)")
                .bind("request", request.id())
                .bind("tenant", request.tenant())
                .bind("document", documents.of(entry))
                .then();
    }

    private Mono<Void> dueNow(UUID requestId) {
        return database.sql("UPDATE capacity_request SET look_at = LEAST(look_at, clock_timestamp()) WHERE id = :id")
                .bind("id", requestId)
                .then();
    }

    private Mono<Void> wakeAfterCommit(UUID requestId) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> current.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(() -> wakeUps.wake(requestId));
                    }
                }))
                .then();
    }

    private Mono<Holding> held(CapacityRequest request) {
        var open = database.sql("SELECT document FROM instance WHERE request_id = :id AND open ORDER BY created_at, id")
                .bind("id", request.id())
                .map(this::instance)
                .all()
                .collectList();
        var spent = database.sql(SPENT)
                .bind("id", request.id())
                .map(row -> new Money(
                        Objects.requireNonNull(row.get("spent", BigDecimal.class)),
                        request.wanted().currency()))
                .one();
        return open.flatMap((List<Instance> instances) -> spent.map(cost -> new Holding(request, instances, cost)));
    }

    private CapacityRequest request(Readable row) {
        return documents.read(row, CapacityRequest.class);
    }

    private Instance instance(Readable row) {
        return documents.read(row, Instance.class);
    }

    private static Grip grip(Readable row) {
        return new Grip(id(row, "id"), id(row, "lock_token"));
    }

    private static UUID id(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, UUID.class));
    }
}
