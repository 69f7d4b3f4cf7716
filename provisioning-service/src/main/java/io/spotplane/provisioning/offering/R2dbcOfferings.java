package io.spotplane.provisioning.offering;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.document.Documents;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The view in PostgreSQL: the columns are what the shape is looked up by, the document is the offering. */
@Repository
class R2dbcOfferings implements Offerings {

    private static final String PUT = """
            INSERT INTO offering (id, provider, gpu_count, vcpu, memory_mib, received_at, document)
            VALUES (:id, :provider, :gpuCount, :vcpu, :memoryMiB, :receivedAt, :document)
            ON CONFLICT (id) DO UPDATE SET gpu_count = excluded.gpu_count, vcpu = excluded.vcpu,
                memory_mib = excluded.memory_mib, received_at = excluded.received_at, document = excluded.document
            WHERE offering.received_at <= excluded.received_at""";

    private static final String CONFIRM = """
            INSERT INTO market_sweep (provider, as_of) VALUES (:provider, :asOf)
            ON CONFLICT (provider) DO UPDATE SET as_of = GREATEST(market_sweep.as_of, excluded.as_of)""";

    private static final String OF_SHAPE = """
            SELECT o.document, GREATEST(o.received_at, s.as_of) AS confirmed_at
            FROM offering o LEFT JOIN market_sweep s ON s.provider = o.provider
            WHERE o.gpu_count = :gpuCount AND o.vcpu >= :vcpu AND o.memory_mib >= :memoryMiB
              AND o.provider = ANY(:launchable)
            UNION ALL
            SELECT o.document, GREATEST(o.received_at, s.as_of) AS confirmed_at
            FROM market_sweep s CROSS JOIN LATERAL (
                SELECT document, received_at FROM offering
                WHERE provider = s.provider AND gpu_count = :gpuCount AND vcpu >= :vcpu AND memory_mib >= :memoryMiB
                LIMIT 500) o
            WHERE s.provider <> ALL(:launchable)""";

    private final DatabaseClient database;
    private final Documents documents;

    R2dbcOfferings(DatabaseClient database, Documents documents) {
        this.database = database;
        this.documents = documents;
    }

    @Override
    public Mono<Void> put(Offering offering) {
        return database.sql(PUT)
                .bind("id", offering.id())
                .bind("provider", offering.provider())
                .bind("gpuCount", gpuCount(offering.gpu()))
                .bind("vcpu", offering.vcpu())
                .bind("memoryMiB", offering.memoryMiB())
                .bind("receivedAt", offering.receivedAt().atOffset(ZoneOffset.UTC))
                .bind("document", documents.of(offering))
                .then();
    }

    @Override
    public Mono<Void> withdraw(String offeringId) {
        return database.sql("DELETE FROM offering WHERE id = :id")
                .bind("id", offeringId)
                .then();
    }

    @Override
    public Mono<Void> confirm(String provider, Instant asOf) {
        return database.sql(CONFIRM)
                .bind("provider", provider)
                .bind("asOf", asOf.atOffset(ZoneOffset.UTC))
                .then();
    }

    @Override
    public Flux<Offering> of(Shape shape, Set<String> launchable) {
        return database.sql(OF_SHAPE)
                .bind("gpuCount", shape.gpuCount())
                .bind("vcpu", shape.minVcpu())
                .bind("memoryMiB", shape.minMemoryMiB())
                .bind("launchable", launchable.toArray(String[]::new))
                .map(this::confirmed)
                .all()
                .filter(shape::fits);
    }

    private Offering confirmed(Readable row) {
        var offering = documents.read(row, Offering.class);
        var confirmedAt = Objects.requireNonNull(row.get("confirmed_at", OffsetDateTime.class));
        return new Offering(
                offering.id(),
                offering.provider(),
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.vcpu(),
                offering.memoryMiB(),
                offering.gpu(),
                offering.capacityType(),
                offering.price(),
                offering.billedPrice(),
                offering.availability(),
                offering.source(),
                offering.observedAt(),
                confirmedAt.toInstant(),
                offering.availabilityConfidence(),
                offering.bidRules());
    }

    private static int gpuCount(@Nullable Gpu gpu) {
        return gpu == null ? 0 : gpu.count();
    }
}
