package io.spotplane.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A repeat that arrives while the first is being applied waits for its end: the primary key sees to that. */
final class R2dbcInbox implements Inbox {

    static final String DUPLICATES = "spotplane.inbox.duplicates";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final MeterRegistry meters;

    R2dbcInbox(DatabaseClient database, TransactionalOperator transaction, MeterRegistry meters) {
        this.database = database;
        this.transaction = transaction;
        this.meters = meters;
    }

    @Override
    public Mono<Boolean> once(String consumer, String eventId, Mono<Void> effect) {
        return remember(consumer, eventId)
                .flatMap(isNew -> isNew ? effect.thenReturn(true) : repeated(consumer))
                .as(transaction::transactional)
                .checkpoint("apply event once");
    }

    private Mono<Boolean> remember(String consumer, String eventId) {
        return database.sql("insert into inbox (consumer, event_id) values (:consumer, :event) on conflict do nothing")
                .bind("consumer", consumer)
                .bind("event", eventId)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private Mono<Boolean> repeated(String consumer) {
        return Mono.fromCallable(() -> {
            meters.counter(DUPLICATES, "consumer", consumer).increment();
            return false;
        });
    }
}
