package io.spotplane.inventory.announce;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.spotplane.inventory.announce.Fact.Kind;
import io.spotplane.inventory.announce.Fact.Thing;
import java.time.Duration;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the world was told last of each thing. */
@Component
class Announced {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String NOTE = """
            INSERT INTO announced (kind, id, cloud, fingerprint) VALUES (:kind, :id, :cloud, :fingerprint)
            ON CONFLICT (kind, id) DO UPDATE
            SET cloud = excluded.cloud, fingerprint = excluded.fingerprint, announced_at = clock_timestamp()
            """;

    private final DatabaseClient database;

    Announced(DatabaseClient database) {
        this.database = database;
    }

    /** Everything announced and not vanished: thing to fingerprint. */
    Mono<Map<Thing, String>> all() {
        return database.sql("SELECT kind, id, cloud, fingerprint FROM announced")
                .map(row -> Map.entry(thing(row), text(row, "fingerprint")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(LIMIT);
    }

    /** Notes that {@code facts} are announced, in the caller's transaction. */
    Mono<Void> note(Iterable<Fact> facts) {
        return Flux.fromIterable(facts).concatMap(this::note).then();
    }

    private Mono<Long> note(Fact fact) {
        return fact.fingerprint() == null ? forget(fact.thing()) : note(fact.thing(), fact.fingerprint());
    }

    private Mono<Long> note(Thing thing, String fingerprint) {
        return database.sql(NOTE)
                .bind("kind", thing.kind().name())
                .bind("id", thing.id())
                .bind("cloud", thing.cloud())
                .bind("fingerprint", fingerprint)
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> forget(Thing thing) {
        return database.sql("DELETE FROM announced WHERE kind = :kind AND id = :id")
                .bind("kind", thing.kind().name())
                .bind("id", thing.id())
                .fetch()
                .rowsUpdated();
    }

    private static Thing thing(Readable row) {
        return new Thing(Kind.valueOf(text(row, "kind")), text(row, "cloud"), text(row, "id"));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
