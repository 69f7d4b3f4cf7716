package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.document.Documents;
import java.time.ZoneOffset;
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

    private static final String OF_SHAPE = """
            SELECT document FROM offering
            WHERE gpu_count = :gpuCount AND vcpu >= :vcpu AND memory_mib >= :memoryMiB""";

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
    public Flux<Offering> of(Shape shape) {
        return database.sql(OF_SHAPE)
                .bind("gpuCount", shape.gpuCount())
                .bind("vcpu", shape.minVcpu())
                .bind("memoryMiB", shape.minMemoryMiB())
                .map(row -> documents.read(row, Offering.class))
                .all()
                .filter(shape::fits);
    }

    private static int gpuCount(@Nullable Gpu gpu) {
        return gpu == null ? 0 : gpu.count();
    }
}
