package io.spotplane.notification.delivery;

import static io.spotplane.notification.Columns.orNull;
import static io.spotplane.notification.Columns.required;

import io.spotplane.contracts.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Writes down what has to be delivered, in the caller's transaction. */
@Repository
public class QueueDeliveries {

    private static final String TEST_TYPE = "io.spotplane.notification.subscription-tested.v1";
    private static final String TEST_EVENT = """
            {"specversion":"1.0","id":"%s","type":"%s","source":"/spotplane/notification-service","subject":"%s","time":"%s",\
            "datacontenttype":"application/json","tenant":"%s","data":{"subscriptionId":"%s"}}""";
    private static final String QUEUE = """
            insert into delivery (id, subscription_id, tenant, event_id, event_type, envelope, traceparent, happened_at, expires_at, step)
            select uuidv7(), s.id, s.tenant, :event, :type, :envelope, :trace, :happened, :expires, :step
            from subscription s
            where s.tenant = :tenant and s.state = 'ACTIVE'
              and matches_any(:type, s.event_types)
              and (s.request_id is null or s.request_id = cast(:request as text))""";
    private static final String QUEUE_TEST = """
            insert into delivery (id, subscription_id, tenant, event_id, event_type, envelope, happened_at, step)
            values (:event, :subscription, :tenant, cast(:event as text), :type, :envelope, :happened, :step)
            returning id""";
    private static final String REPLAY = """
            update delivery d set state = 'PENDING', step = :step, next_attempt_at = clock_timestamp(), reason = null, ended_at = null
            from subscription s
            where d.id = :id and d.tenant = :tenant and s.id = d.subscription_id and s.state = 'ACTIVE' and d.state <> 'PENDING'""";
    private static final String WAKE = "select pg_notify('delivery', '')";

    private final DatabaseClient database;

    QueueDeliveries(DatabaseClient database) {
        this.database = database;
    }

    /** One delivery for each subscription of the event's tenant that wants it. */
    public Mono<Void> of(Event<?> event, @Nullable String requestId, String envelope) {
        return database.sql(QUEUE)
                .bind("tenant", event.tenant())
                .bind("event", event.id())
                .bind("type", event.type().wireName())
                .bind("envelope", envelope)
                .bind("trace", orNull(event.traceparent(), String.class))
                .bind("happened", event.time())
                .bind("expires", orNull(event.expires(), Instant.class))
                .bind("step", RetrySchedule.firstStep(event.expires()))
                .bind("request", orNull(requestId, String.class))
                .then();
    }

    /** A test event for one subscription; the delivery's id. */
    public Mono<UUID> test(UUID subscription, String tenant, Instant now) {
        var event = UUID.randomUUID();
        return database.sql(QUEUE_TEST)
                .bind("event", event)
                .bind("subscription", subscription)
                .bind("tenant", tenant)
                .bind("type", TEST_TYPE)
                .bind("envelope", TEST_EVENT.formatted(event, TEST_TYPE, subscription, now, tenant, subscription))
                .bind("happened", now)
                .bind("step", RetrySchedule.firstStep(null))
                .map(row -> required(row, "id", UUID.class))
                .one();
    }

    /** Sends an ended delivery once more, under the same event id; false when there is none that has ended. */
    Mono<Boolean> again(String tenant, UUID delivery) {
        return database.sql(REPLAY)
                .bind("id", delivery)
                .bind("tenant", tenant)
                .bind("step", RetrySchedule.firstStep(null))
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows > 0)
                .flatMap(rows -> database.sql(WAKE).then().thenReturn(true))
                .defaultIfEmpty(false);
    }
}
