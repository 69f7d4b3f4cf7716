package io.spotplane.pricing.recommendation;

import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class R2dbcRecommendations implements Recommendations {

    private static final int BATCH = 500;

    private static final String ADD = """
            INSERT INTO recommendation (id, tenant, created_at, kept_until, request, answer, candidates, certificate)
            VALUES (:id, :tenant, :created, :kept, CAST(:request AS json), CAST(:answer AS json), :candidates, :certificate)""";

    private static final String FORGET = """
            DELETE FROM recommendation WHERE id IN (
                SELECT id FROM recommendation WHERE kept_until < :now
                 ORDER BY kept_until LIMIT :batch FOR UPDATE SKIP LOCKED)""";

    private final DatabaseClient database;

    R2dbcRecommendations(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> add(Kept recommendation) {
        return database.sql(ADD)
                .bind("id", recommendation.id())
                .bind("tenant", recommendation.tenant())
                .bind("created", recommendation.createdAt())
                .bind("kept", recommendation.keptUntil())
                .bind("request", recommendation.request())
                .bind("answer", recommendation.answer())
                .bind("candidates", recommendation.candidates())
                .bind("certificate", recommendation.certificate())
                .then()
                .checkpoint("keep a recommendation");
    }

    @Override
    public Mono<String> answer(String tenant, UUID id) {
        return one("answer::text", String.class, tenant, id);
    }

    @Override
    public Mono<byte[]> candidates(String tenant, UUID id) {
        return one("candidates", byte[].class, tenant, id);
    }

    @Override
    public Mono<byte[]> certificate(String tenant, UUID id) {
        return one("certificate", byte[].class, tenant, id);
    }

    private <T> Mono<T> one(String column, Class<T> type, String tenant, UUID id) {
        return database.sql("SELECT " + column + " AS it FROM recommendation WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .mapValue(type)
                .one()
                .checkpoint("read a recommendation");
    }

    @Override
    public Mono<Long> forget(Instant now) {
        return batch(now)
                .expand(deleted -> deleted < BATCH ? Mono.empty() : batch(now))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> batch(Instant now) {
        return database.sql(FORGET)
                .bind("now", now)
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated();
    }
}
