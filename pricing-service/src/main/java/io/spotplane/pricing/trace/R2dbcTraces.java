package io.spotplane.pricing.trace;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class R2dbcTraces implements Traces {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Two at the same moment may both find room; one too many does no harm. */
    private static final String ADD = """
            INSERT INTO availability_trace (id, tenant, name, tick_ms, nodes, lengths, created_at)
            SELECT :id, :tenant, :name, :tick, :nodes, :lengths, :at
             WHERE (SELECT count(*) FROM availability_trace WHERE tenant = :tenant) < :most""";

    private static final String READ = "SELECT id, name, tick_ms, nodes, lengths, created_at FROM availability_trace ";

    private final DatabaseClient database;

    R2dbcTraces(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> add(String tenant, StoredTrace trace) {
        return database.sql(ADD)
                .bind("id", trace.id())
                .bind("tenant", tenant)
                .bind("name", trace.name())
                .bind("tick", trace.runs().tickMs())
                .bind("nodes", boxed(trace.runs().nodes()))
                .bind("lengths", boxed(trace.runs().lengths()))
                .bind("at", trace.createdAt())
                .bind("most", MOST)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0)
                .timeout(PATIENCE);
    }

    @Override
    public Mono<StoredTrace> find(String tenant, UUID id) {
        return database.sql(READ + "WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map(R2dbcTraces::trace)
                .one()
                .timeout(PATIENCE);
    }

    @Override
    public Flux<StoredTrace> all(String tenant) {
        return database.sql(READ + "WHERE tenant = :tenant ORDER BY created_at DESC, id LIMIT " + MOST)
                .bind("tenant", tenant)
                .map(R2dbcTraces::trace)
                .all()
                .timeout(PATIENCE);
    }

    @Override
    public Mono<Boolean> remove(String tenant, UUID id) {
        return database.sql("DELETE FROM availability_trace WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0)
                .timeout(PATIENCE);
    }

    private static StoredTrace trace(Readable row) {
        return new StoredTrace(
                column(row, "id", UUID.class),
                column(row, "name", String.class),
                new RunLengths(
                        column(row, "tick_ms", Long.class),
                        plain(column(row, "nodes", Integer[].class)),
                        plain(column(row, "lengths", Integer[].class))),
                column(row, "created_at", OffsetDateTime.class).toInstant());
    }

    private static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    private static int[] plain(Integer[] values) {
        return Arrays.stream(values).mapToInt(Integer::intValue).toArray();
    }
}
