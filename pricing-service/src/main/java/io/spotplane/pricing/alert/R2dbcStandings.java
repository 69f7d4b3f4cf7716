package io.spotplane.pricing.alert;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.PriceAlertCleared;
import io.spotplane.contracts.event.PriceAlertRaised;
import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.book.BookJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcStandings implements Standings {

    private static final String STANDINGS = """
            SELECT a.id, CASE WHEN m.holds THEN m.cause ->> 'offeringId' END AS witness, a.judged_at IS NOT NULL AS judged
              FROM price_alert a LEFT JOIN price_alert_market m ON m.alert_id = a.id AND m.provider = :provider""";

    private static final String DEFINITIONS =
            "SELECT id, definition::text AS definition FROM price_alert WHERE id = ANY (:ids)";

    private static final String PROGRESSED = """
            INSERT INTO price_alert_progress AS p (provider, version) VALUES (:provider, :version)
            ON CONFLICT (provider) DO UPDATE SET version = greatest(p.version, excluded.version)""";

    /** In one order everywhere, so that markets wait for each other and never in a circle. */
    private static final String LOCK = "SELECT id FROM price_alert WHERE id = ANY (:ids) ORDER BY id FOR UPDATE";

    private static final String SAY = """
            INSERT INTO price_alert_market AS m (alert_id, provider, version, holds, cause)
            SELECT id, :provider, :version, cause IS NOT NULL, cause::jsonb
              FROM unnest(CAST(:ids AS uuid[]), CAST(:causes AS text[])) AS said (id, cause)
             WHERE id = ANY (:present)
            ON CONFLICT (alert_id, provider) DO UPDATE
               SET version = excluded.version, holds = excluded.holds, cause = excluded.cause
             WHERE m.version <= excluded.version""";

    private static final String TURN = """
            UPDATE price_alert AS a
               SET state = CASE WHEN now.holds THEN 'RAISED' ELSE 'ARMED' END,
                   generation = a.generation + CASE WHEN now.holds THEN 1 ELSE 0 END,
                   cause = now.cause, changed_at = :at
              FROM (SELECT alert_id, bool_or(holds) AS holds,
                           (array_agg(cause ORDER BY provider) FILTER (WHERE holds))[1] AS cause
                      FROM price_alert_market WHERE alert_id = ANY (:present) GROUP BY alert_id) AS now
             WHERE a.id = now.alert_id AND (a.state = 'RAISED') <> now.holds
            RETURNING a.id, a.tenant, a.definition::text AS definition, a.generation, a.cause::text AS cause""";

    private static final String VERSIONS = "SELECT provider, version FROM market"
            + " WHERE (report ->> 'asOf')::timestamptz > clock_timestamp() - interval '7 days'";

    private static final String ASK_AGAIN = """
            UPDATE price_alert SET judged_at = NULL
             WHERE definition ->> 'kind' = 'BID_AT_RISK' AND judged_at < clock_timestamp() - make_interval(secs => :seconds)""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final JsonMapper json;

    /** What alerts look for never changes, so it is read once. */
    private final Map<UUID, Watch> watches = new ConcurrentHashMap<>();

    R2dbcStandings(DatabaseClient database, TransactionalOperator transaction, Outbox outbox, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<List<Standing>> in(String provider) {
        return database.sql(STANDINGS)
                .bind("provider", provider)
                .map(Row::of)
                .all()
                .collectList()
                .flatMap(this::standings)
                .doOnNext(this::forgetOthers);
    }

    @Override
    public Mono<List<Standing>> in(String provider, Collection<UUID> alerts) {
        return database.sql(STANDINGS + " WHERE a.id = ANY (:ids)")
                .bind("provider", provider)
                .bind("ids", alerts.toArray(UUID[]::new))
                .map(Row::of)
                .all()
                .collectList()
                .flatMap(this::standings);
    }

    /** Without those that were removed between the two questions. */
    private Mono<List<Standing>> standings(List<Row> rows) {
        return watches(rows)
                .map(known -> rows.stream()
                        .filter(row -> known.containsKey(row.id()))
                        .map(row -> new Standing(
                                row.id(), Objects.requireNonNull(known.get(row.id())), row.witness(), row.judged()))
                        .toList());
    }

    private Mono<Map<UUID, Watch>> watches(List<Row> rows) {
        var known = new HashMap<UUID, Watch>();
        var unknown = new ArrayList<UUID>();
        for (var row : rows) {
            var watch = watches.get(row.id());
            if (watch == null) {
                unknown.add(row.id());
            } else {
                known.put(row.id(), watch);
            }
        }
        return unknown.isEmpty()
                ? Mono.just(known)
                : read(unknown).doOnNext(watches::putAll).map(read -> {
                    known.putAll(read);
                    return known;
                });
    }

    private Mono<Map<UUID, Watch>> read(List<UUID> alerts) {
        return database.sql(DEFINITIONS)
                .bind("ids", alerts.toArray(UUID[]::new))
                .map(row -> Map.entry(value(row, "id", UUID.class), value(row, "definition", String.class)))
                .all()
                .publishOn(Schedulers.boundedElastic())
                .collectMap(Map.Entry::getKey, found -> Watch.of(definition(found.getValue())));
    }

    private void forgetOthers(List<Standing> all) {
        watches.keySet().retainAll(all.stream().map(Standing::alertId).collect(Collectors.toSet()));
    }

    private AlertDefinition definition(String stored) {
        return json.readValue(stored, AlertDefinition.class);
    }

    @Override
    public Mono<Long> progress(String provider) {
        return database.sql("SELECT version FROM price_alert_progress WHERE provider = :provider")
                .bind("provider", provider)
                .mapValue(Long.class)
                .one()
                .defaultIfEmpty(0L);
    }

    @Override
    public Mono<Void> progressed(String provider, long version) {
        return database.sql(PROGRESSED)
                .bind("provider", provider)
                .bind("version", version)
                .then();
    }

    @Override
    public Mono<List<Turn>> settle(String provider, long version, List<Judgement> judgements, Instant at) {
        return lock(judgements)
                .delayUntil(present -> say(provider, version, judgements, present))
                .flatMap(present -> turn(present, at))
                .delayUntil(turned -> outbox.append(turned.stream()
                        .<NewEvent<?>>map(alert -> event(alert, at))
                        .toList()))
                .map(turned -> turned.stream().map(this::turn).toList())
                .as(transaction::transactional)
                .checkpoint("settle price alerts");
    }

    /** Those that were not removed in between. */
    private Mono<UUID[]> lock(List<Judgement> judgements) {
        return database.sql(LOCK)
                .bind("ids", ids(judgements))
                .mapValue(UUID.class)
                .all()
                .collectList()
                .map(present -> present.toArray(UUID[]::new));
    }

    private Mono<Long> say(String provider, long version, List<Judgement> judgements, UUID[] present) {
        return database.sql(SAY)
                .bind("provider", provider)
                .bind("version", version)
                .bind("ids", ids(judgements))
                .bind("causes", judgements.stream().map(this::cause).toArray(String[]::new))
                .bind("present", present)
                .fetch()
                .rowsUpdated();
    }

    private static UUID[] ids(List<Judgement> judgements) {
        return judgements.stream().map(Judgement::alertId).toArray(UUID[]::new);
    }

    private @Nullable String cause(Judgement judgement) {
        return judgement.cause() == null ? null : json.writeValueAsString(judgement.cause());
    }

    private Mono<List<Turned>> turn(UUID[] present, Instant at) {
        return database.sql(TURN)
                .bind("present", present)
                .bind("at", at)
                .map(Turned::of)
                .all()
                .collectList();
    }

    private Turn turn(Turned alert) {
        return new Turn(definition(alert.definition()).kind(), alert.cause() != null);
    }

    private NewEvent<?> event(Turned alert, Instant at) {
        var definition = definition(alert.definition());
        return alert.cause() == null
                ? NewEvent.of(
                        EventType.PRICE_ALERT_CLEARED,
                        alert.id().toString(),
                        alert.tenant(),
                        new PriceAlertCleared(
                                alert.id().toString(), definition.name(), definition.kind(), alert.generation(), at))
                : NewEvent.of(
                        EventType.PRICE_ALERT_RAISED,
                        alert.id().toString(),
                        alert.tenant(),
                        raised(alert, definition, json.readValue(alert.cause(), Cause.class), at));
    }

    private static PriceAlertRaised raised(Turned alert, AlertDefinition definition, Cause cause, Instant at) {
        return new PriceAlertRaised(
                alert.id().toString(),
                definition.name(),
                definition.kind(),
                alert.generation(),
                cause.reason(),
                cause.offeringId(),
                cause.price(),
                cause.pricePerGpu(),
                definition.limit(),
                definition.basis(),
                cause.probability(),
                definition.horizon(),
                at);
    }

    @Override
    public Mono<Set<UUID>> unjudged(int limit) {
        return database.sql("SELECT id FROM price_alert WHERE judged_at IS NULL ORDER BY id LIMIT :limit")
                .bind("limit", limit)
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet());
    }

    @Override
    public Mono<Void> judged(Collection<UUID> alerts, Instant at) {
        return database.sql("UPDATE price_alert SET judged_at = :at WHERE id = ANY (:ids)")
                .bind("at", at)
                .bind("ids", alerts.toArray(UUID[]::new))
                .then();
    }

    @Override
    public Mono<Void> askAgainAboutBids(Duration age) {
        return database.sql(ASK_AGAIN).bind("seconds", age.toMillis() / 1000.0).then();
    }

    @Override
    public Mono<Map<String, Long>> versions() {
        return database.sql(VERSIONS)
                .map(row -> Map.entry(value(row, "provider", String.class), value(row, "version", Long.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static <T> T value(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    /** Read by the places of its columns: there is one for each alert there is. */
    private record Row(UUID id, @Nullable String witness, boolean judged) {
        static Row of(Readable row) {
            return new Row(
                    value(row, "id", UUID.class),
                    row.get("witness", String.class),
                    value(row, "judged", Boolean.class));
        }
    }

    /** An alert after its state changed; without a cause it was cleared. */
    private record Turned(
            UUID id,
            String tenant,
            String definition,
            long generation,
            @Nullable String cause) {
        static Turned of(Readable row) {
            return new Turned(
                    value(row, "id", UUID.class),
                    value(row, "tenant", String.class),
                    value(row, "definition", String.class),
                    value(row, "generation", Long.class),
                    row.get("cause", String.class));
        }
    }
}
