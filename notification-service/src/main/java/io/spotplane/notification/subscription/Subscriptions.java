package io.spotplane.notification.subscription;

import static io.spotplane.notification.Columns.orNull;
import static io.spotplane.notification.Columns.required;

import io.r2dbc.spi.Readable;
import io.spotplane.notification.channel.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every tenant's subscriptions; each question names the tenant. */
@Repository
class Subscriptions {

    /** Nothing is inserted when the tenant has as many as it may. */
    private static final String ADD = """
            insert into subscription (id, tenant, name, channel, url, event_types, request_id, secret)
            select uuidv7(), :tenant, :name, :channel, :url, :types, :request, :secret
            where (select count(*) from subscription where tenant = :tenant) < :most
            returning *""";

    private static final String LIST = """
            select * from subscription
            where tenant = :tenant and (cast(:after as uuid) is null or id > :after)
            order by id limit :limit""";

    private final DatabaseClient database;

    Subscriptions(DatabaseClient database) {
        this.database = database;
    }

    /** Adds one; empty when the tenant already has {@code most}. */
    Mono<Subscription> add(String tenant, NewSubscription wish, SigningSecret secret, int most) {
        return database.sql(ADD)
                .bind("tenant", tenant)
                .bind("name", orNull(wish.name(), String.class))
                .bind("channel", String.valueOf(wish.channel()))
                .bind("url", String.valueOf(wish.url()))
                .bind("types", wish.types().toArray(String[]::new))
                .bind("request", orNull(wish.requestId(), String.class))
                .bind("secret", secret.text())
                .bind("most", most)
                .map(Subscriptions::subscription)
                .one();
    }

    Mono<Subscription> find(String tenant, UUID id) {
        return database.sql("select * from subscription where tenant = :tenant and id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map(Subscriptions::subscription)
                .one();
    }

    Flux<Subscription> list(String tenant, @Nullable UUID after, int limit) {
        return database.sql(LIST)
                .bind("tenant", tenant)
                .bind("after", orNull(after, UUID.class))
                .bind("limit", limit)
                .map(Subscriptions::subscription)
                .all();
    }

    /** Removes it with its deliveries; false when there is none. */
    Mono<Boolean> remove(String tenant, UUID id) {
        return database.sql("delete from subscription where tenant = :tenant and id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private static Subscription subscription(Readable row) {
        return new Subscription(
                required(row, "id", UUID.class),
                required(row, "tenant", String.class),
                row.get("name", String.class),
                required(row, "channel", String.class),
                required(row, "url", String.class),
                List.of(required(row, "event_types", String[].class)),
                row.get("request_id", String.class),
                required(row, "state", String.class),
                row.get("disabled_reason", String.class),
                required(row, "created_at", Instant.class));
    }
}
