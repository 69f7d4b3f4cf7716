package io.spotplane.pricing.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcDeadlinePlans implements DeadlinePlans {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DatabaseClient database;
    private final JsonMapper json = JsonMapper.builder().build();

    R2dbcDeadlinePlans(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> add(String tenant, StoredPlan plan, Instant expires) {
        return database.sql("""
                        INSERT INTO deadline_plan (id, tenant, document, created_at, expires_at)
                        VALUES (:id, :tenant, CAST(:document AS jsonb), :created, :expires)""")
                .bind("id", plan.id())
                .bind("tenant", tenant)
                .bind("document", json.writeValueAsString(plan))
                .bind("created", plan.createdAt())
                .bind("expires", expires)
                .then()
                .timeout(PATIENCE);
    }

    @Override
    public Mono<StoredPlan> find(String tenant, UUID id) {
        return database.sql("SELECT document::text AS document FROM deadline_plan WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map(row -> json.readValue(Objects.requireNonNull(row.get("document", String.class)), StoredPlan.class))
                .one()
                .timeout(PATIENCE);
    }

    @Override
    public Mono<Long> forgetExpired(Instant now) {
        return database.sql("DELETE FROM deadline_plan WHERE expires_at < :now")
                .bind("now", now)
                .fetch()
                .rowsUpdated()
                .timeout(PATIENCE);
    }
}
