package io.spotplane.pricing.risk.observed;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.Process;
import io.spotplane.pricing.risk.hazard.Spell;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What was observed, in PostgreSQL. Writes run in their caller's transaction and lock the rows of their machine and pool, so that the two topics cannot
 * count one life twice.
 */
@Repository
class R2dbcObservations {

    private static final AgeBand[] BANDS = AgeBand.values();
    /** Most recent lives that are read: enough for togetherness and calibration, bounded for memory. */
    private static final int MAX_LIVES = 20_000;

    /** Locks the pool's row, which also keeps two refusals of one pool apart. */
    private static final String POOL = """
            INSERT INTO risk_pool (provider, region, zone, instance_type)
            VALUES (:provider, :region, :zone, :type)
            ON CONFLICT (provider, region, zone, instance_type) DO UPDATE SET provider = excluded.provider
            RETURNING key""";

    private static final String LOCK_LIFE = """
            SELECT l.spot, l.started_at, l.ended_at, l.reclaimed, l.counted, p.provider, p.region, p.zone, p.instance_type
              FROM risk_life l LEFT JOIN risk_pool p ON p.key = l.pool_key
             WHERE l.instance_id = :id
               FOR UPDATE OF l""";

    private static final String SAVE_LIFE = """
            UPDATE risk_life
               SET pool_key = :pool, spot = :spot, started_at = :started, ended_at = :ended, reclaimed = :reclaimed,
                   counted = :counted, heard_at = clock_timestamp()
             WHERE instance_id = :id""";

    private static final String ADD = """
            INSERT INTO risk_exposure (pool_key, process, day, band, hours, ends)
            VALUES (:pool, :process, :day, :band, :hours, :ends)
            ON CONFLICT (pool_key, process, day, band)
            DO UPDATE SET hours = risk_exposure.hours + excluded.hours, ends = risk_exposure.ends + excluded.ends""";

    private static final String SEEN = """
            SELECT p.provider, p.region, p.zone, p.instance_type, e.process, e.band,
                   sum(e.hours * power(0.5, (:today - e.day) / :half)) AS hours,
                   sum(e.ends * power(0.5, (:today - e.day) / :half)) AS ends
              FROM risk_exposure e JOIN risk_pool p ON p.key = e.pool_key
             GROUP BY p.key, e.process, e.band""";

    private static final String LIVES = """
            SELECT p.provider, p.region, p.zone, p.instance_type, l.started_at, l.ended_at, l.reclaimed
              FROM risk_life l JOIN risk_pool p ON p.key = l.pool_key
             WHERE l.spot AND l.started_at IS NOT NULL
             ORDER BY l.heard_at DESC
             LIMIT :limit""";

    private final DatabaseClient database;

    R2dbcObservations(DatabaseClient database) {
        this.database = database;
    }

    // --- writing

    /** One of our machines changed its phase. */
    Mono<Void> heard(InstanceTransitioned change) {
        return change(change.instanceId(), life -> life.after(change))
                .then(change.capacityType() == CapacityType.SPOT ? outage(change) : Mono.empty());
    }

    /** A provider takes one of our machines back. */
    Mono<Void> heard(Interruption interruption) {
        return change(interruption.instanceId(), life -> life.interrupted(interruption.receivedAt()));
    }

    /** The machine's row is locked before its pool's, on both ways. */
    private Mono<Void> change(String instanceId, UnaryOperator<ObservedLife> step) {
        return locked(instanceId).map(step).flatMap(life -> {
            var pool = life.pool();
            return pool == null ? save(life, null) : key(pool).flatMap(key -> keep(life, key));
        });
    }

    private Mono<Void> keep(ObservedLife life, long pool) {
        return life.finished()
                .map(spell ->
                        add(pool, Process.RECLAIM, Observation.whole(spell)).then(save(life.addedUp(), pool)))
                .orElseGet(() -> save(life, pool));
    }

    private Mono<ObservedLife> locked(String instanceId) {
        return database.sql("INSERT INTO risk_life (instance_id, heard_at) VALUES (:id, clock_timestamp())"
                        + " ON CONFLICT DO NOTHING")
                .bind("id", instanceId)
                .then()
                .then(database.sql(LOCK_LIFE)
                        .bind("id", instanceId)
                        .map(row -> life(instanceId, row))
                        .one());
    }

    private static ObservedLife life(String instanceId, Readable row) {
        return new ObservedLife(
                instanceId,
                row.get("provider", String.class) == null ? null : pool(row),
                value(row, "spot", Boolean.class),
                row.get("started_at", Instant.class),
                row.get("ended_at", Instant.class),
                value(row, "reclaimed", Boolean.class),
                value(row, "counted", Boolean.class));
    }

    private Mono<Void> save(ObservedLife life, @Nullable Long pool) {
        var update = database.sql(SAVE_LIFE)
                .bind("id", life.instanceId())
                .bind("spot", life.spot())
                .bind("reclaimed", life.reclaimed())
                .bind("counted", life.counted());
        update = bound(update, "pool", pool, Long.class);
        update = bound(update, "started", life.startedAt(), Instant.class);
        return bound(update, "ended", life.endedAt(), Instant.class).then();
    }

    private Mono<Void> outage(InstanceTransitioned change) {
        var pool = new Pool(change.provider(), change.region(), change.zone(), change.instanceType());
        boolean refused = change.phase() == InstancePhase.FAILED
                && Refusal.NO_CAPACITY.name().equals(change.reason());
        if (refused) {
            return key(pool).flatMap(key -> refused(key, change.changedAt()));
        }
        return change.phase() == InstancePhase.BOOTING
                ? key(pool).flatMap(key -> back(key, change.changedAt()))
                : Mono.empty();
    }

    private Mono<Void> refused(long pool, Instant at) {
        return database.sql("INSERT INTO risk_outage (pool_key, since, last_refused_at) VALUES (:pool, :at, :at)"
                        + " ON CONFLICT DO NOTHING")
                .bind("pool", pool)
                .bind("at", at)
                .then()
                .then(lockedOutage(pool))
                .flatMap(outage -> outage.reaches(at)
                        ? still(pool, outage, outage.refusedAgain(at))
                        : save(pool, ObservedOutage.first(at)));
    }

    private Mono<Void> still(long pool, ObservedOutage before, ObservedOutage after) {
        return after.equals(before)
                ? Mono.empty()
                : add(pool, Process.RETURN, before.stillOut(after)).then(save(pool, after));
    }

    private Mono<Void> back(long pool, Instant at) {
        return lockedOutage(pool)
                .filter(outage -> !at.isBefore(outage.lastRefusedAt()))
                .flatMap(outage -> (outage.reaches(at)
                                ? add(pool, Process.RETURN, outage.backAt(at))
                                : Mono.<Void>empty())
                        .then(database.sql("DELETE FROM risk_outage WHERE pool_key = :pool")
                                .bind("pool", pool)
                                .then()));
    }

    private Mono<ObservedOutage> lockedOutage(long pool) {
        return database.sql("SELECT since, last_refused_at FROM risk_outage WHERE pool_key = :pool FOR UPDATE")
                .bind("pool", pool)
                .map(row -> new ObservedOutage(
                        value(row, "since", Instant.class), value(row, "last_refused_at", Instant.class)))
                .one();
    }

    private Mono<Void> save(long pool, ObservedOutage outage) {
        return database.sql("UPDATE risk_outage SET since = :since, last_refused_at = :last WHERE pool_key = :pool")
                .bind("pool", pool)
                .bind("since", outage.since())
                .bind("last", outage.lastRefusedAt())
                .then();
    }

    private Mono<Void> add(long pool, Process process, Observation observation) {
        return Flux.fromIterable(observation.byDay().entrySet())
                .concatMap(day -> Flux.fromStream(Arrays.stream(BANDS)
                                .filter(band -> day.getValue().hours(band) > 0
                                        || day.getValue().ends(band) > 0))
                        .concatMap(band -> add(pool, process, day.getKey(), band, day.getValue())))
                .then();
    }

    private Mono<Void> add(long pool, Process process, LocalDate day, AgeBand band, Exposure exposure) {
        return database.sql(ADD)
                .bind("pool", pool)
                .bind("process", process.name())
                .bind("day", day)
                .bind("band", (short) band.ordinal())
                .bind("hours", exposure.hours(band))
                .bind("ends", exposure.ends(band))
                .then();
    }

    private Mono<Long> key(Pool pool) {
        var select = database.sql(POOL)
                .bind("provider", pool.provider())
                .bind("region", pool.region())
                .bind("type", pool.instanceType());
        return bound(select, "zone", pool.zone(), String.class)
                .map(row -> value(row, "key", Long.class))
                .one();
    }

    // --- reading

    /** What was added up, each day fading by its age. */
    Mono<Map<Process, Map<Pool, Exposure>>> seen(Instant now, Duration halfLife) {
        return database.sql(SEEN)
                .bind("today", now.atOffset(ZoneOffset.UTC).toLocalDate())
                .bind("half", halfLife.toMinutes() / 1440.0)
                .map(R2dbcObservations::sum)
                .all()
                .collectList()
                .map(R2dbcObservations::byProcess);
    }

    private record Sum(Pool pool, Process process, AgeBand band, double hours, double ends) {}

    private static Sum sum(Readable row) {
        return new Sum(
                pool(row),
                Process.valueOf(value(row, "process", String.class)),
                BANDS[value(row, "band", Short.class)],
                value(row, "hours", Double.class),
                value(row, "ends", Double.class));
    }

    private static Map<Process, Map<Pool, Exposure>> byProcess(List<Sum> sums) {
        var seen = new EnumMap<Process, Map<Pool, Exposure>>(Process.class);
        for (var process : Process.values()) {
            seen.put(process, new HashMap<>());
        }
        for (var sum : sums) {
            Objects.requireNonNull(seen.get(sum.process()))
                    .computeIfAbsent(sum.pool(), pool -> new Exposure())
                    .add(sum.band(), sum.hours(), sum.ends());
        }
        return seen;
    }

    /** The outage that {@code pool} is in; empty while none is known. */
    Mono<ObservedOutage> outage(Pool pool) {
        return key(pool).flatMap(this::lockedOutage);
    }

    /** The latest lives: those that are over, and those that go on, cut off at {@code now}. */
    Mono<List<Life>> lives(Instant now) {
        return database.sql(LIVES)
                .bind("limit", MAX_LIVES)
                .map(row -> life(row, now))
                .all()
                .collectList();
    }

    /**
     * A life of one of our machines.
     *
     * @param spell how long it is known to have lasted
     * @param over whether it is over, and so in the sums already
     */
    record Life(Spell spell, boolean over) {}

    private static Life life(Readable row, Instant now) {
        var from = value(row, "started_at", Instant.class);
        var ended = row.get("ended_at", Instant.class);
        var to = ended == null ? now : ended;
        return new Life(
                new Spell(pool(row), from, to.isBefore(from) ? from : to, value(row, "reclaimed", Boolean.class)),
                ended != null);
    }

    /** Forgets what no longer counts. */
    Mono<Void> forget(Instant livesBefore, LocalDate sumsBefore) {
        return database.sql("DELETE FROM risk_life WHERE heard_at < :before AND (ended_at IS NOT NULL OR NOT spot)")
                .bind("before", livesBefore)
                .then()
                .then(database.sql("DELETE FROM risk_exposure WHERE day < :before")
                        .bind("before", sumsBefore)
                        .then());
    }

    private static Pool pool(Readable row) {
        return new Pool(
                value(row, "provider", String.class),
                value(row, "region", String.class),
                row.get("zone", String.class),
                value(row, "instance_type", String.class));
    }

    private static <T> DatabaseClient.GenericExecuteSpec bound(
            DatabaseClient.GenericExecuteSpec statement, String name, @Nullable T value, Class<T> type) {
        return value == null ? statement.bindNull(name, type) : statement.bind(name, value);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
