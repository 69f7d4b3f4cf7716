package io.spotplane.provisioning.request;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.provisioning.document.Documents;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.timeline.TimelineEntry;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What clients read, always within one tenant. */
@Repository
class ReadModel {

    private static final int MAX_INSTANCES = 200;

    private final DatabaseClient database;
    private final Documents documents;
    private final Book book;
    private final InstantSource clock;

    ReadModel(DatabaseClient database, Documents documents, Book book, InstantSource clock) {
        this.database = database;
        this.documents = documents;
        this.book = book;
        this.clock = clock;
    }

    /** Which requests are asked for; null means any. */
    record RequestFilter(
            String tenant,
            RequestKind kind,
            @Nullable RequestPhase phase,
            @Nullable String name) {}

    /** Which instances are asked for; null means any. */
    record InstanceFilter(
            String tenant,
            @Nullable UUID requestId,
            @Nullable InstancePhase phase,
            @Nullable String provider) {}

    Mono<RequestResource> request(String tenant, RequestKind kind, UUID id) {
        return book.read(id)
                .filter(holding -> holding.request().tenant().equals(tenant))
                .filter(holding -> holding.request().kind() == kind)
                .flatMap(this::resource);
    }

    Flux<RequestResource> requests(RequestFilter filter, PageToken after, int limit) {
        var query = database.sql("""
                        SELECT id FROM capacity_request WHERE tenant = :tenant AND kind = :kind
                            AND (:phase IS NULL OR phase = :phase) AND (:name IS NULL OR name = :name)
                            AND (created_at, id) < (:createdAt, :id)
                        ORDER BY created_at DESC, id DESC LIMIT :limit""")
                .bind("tenant", filter.tenant())
                .bind("kind", filter.kind().name());
        return page(optional(optional(query, "phase", filter.phase()), "name", filter.name()), after, limit)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .all()
                .concatMap(book::read)
                .concatMap(this::resource);
    }

    Mono<InstanceResource> instance(String tenant, UUID id) {
        return database.sql("SELECT document, machine FROM instance WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map(this::instanceIn)
                .one();
    }

    Flux<InstanceResource> instances(InstanceFilter filter, PageToken after, int limit) {
        var query = database.sql("""
                        SELECT document, machine FROM instance WHERE tenant = :tenant
                            AND (:request IS NULL OR request_id = :request) AND (:phase IS NULL OR phase = :phase)
                            AND (:provider IS NULL OR provider = :provider)
                            AND (created_at, id) < (:createdAt, :id)
                        ORDER BY created_at DESC, id DESC LIMIT :limit""").bind("tenant", filter.tenant());
        var ofRequest = filter.requestId() == null
                ? query.bindNull("request", UUID.class)
                : query.bind("request", filter.requestId());
        return page(optional(optional(ofRequest, "phase", filter.phase()), "provider", filter.provider()), after, limit)
                .map(this::instanceIn)
                .all();
    }

    Mono<List<TimelineEntry>> timeline(String tenant, UUID requestId) {
        return database.sql("SELECT document FROM timeline WHERE request_id = :id AND tenant = :tenant ORDER BY id")
                .bind("id", requestId)
                .bind("tenant", tenant)
                .map(row -> documents.read(row, TimelineEntry.class))
                .all()
                .collectList();
    }

    private Mono<RequestResource> resource(Holding holding) {
        var filter =
                new InstanceFilter(holding.request().tenant(), holding.request().id(), null, null);
        return instances(filter, PageToken.START, MAX_INSTANCES)
                .collectList()
                .map(instances -> RequestResource.of(holding, instances, clock.instant()));
    }

    private InstanceResource instanceIn(Readable row) {
        return InstanceResource.of(
                documents.read(row, Instance.class), row.get("machine", String.class), clock.instant());
    }

    private static DatabaseClient.GenericExecuteSpec page(
            DatabaseClient.GenericExecuteSpec query, PageToken after, int limit) {
        return query.bind("createdAt", after.createdAt().atOffset(ZoneOffset.UTC))
                .bind("id", after.id())
                .bind("limit", limit);
    }

    private static DatabaseClient.GenericExecuteSpec optional(
            DatabaseClient.GenericExecuteSpec query, String name, @Nullable Object value) {
        return value == null ? query.bindNull(name, String.class) : query.bind(name, value.toString());
    }
}
