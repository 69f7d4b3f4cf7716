package io.spotplane.provisioning.interruption;

import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.provisioning.document.Documents;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class R2dbcSignals implements Signals {

    private static final String ADD = """
            INSERT INTO interruption (provider, signal_id, received_at, deadline, document)
            VALUES (:provider, :signal, :receivedAt, :deadline, :document)
            ON CONFLICT (provider, signal_id) DO NOTHING""";

    private final DatabaseClient database;
    private final Documents documents;

    R2dbcSignals(DatabaseClient database, Documents documents) {
        this.database = database;
        this.documents = documents;
    }

    @Override
    public Mono<Boolean> add(InterruptionSignal signal, Instant receivedAt) {
        return database.sql(ADD)
                .bind("provider", signal.provider())
                .bind("signal", signal.signalId())
                .bind("receivedAt", receivedAt.atOffset(ZoneOffset.UTC))
                .bind("deadline", signal.deadline().atOffset(ZoneOffset.UTC))
                .bind("document", documents.of(signal))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Void> matched(InterruptionSignal signal, UUID instanceId) {
        return database.sql(
                        "UPDATE interruption SET instance_id = :id WHERE provider = :provider AND signal_id = :signal")
                .bind("id", instanceId)
                .bind("provider", signal.provider())
                .bind("signal", signal.signalId())
                .then();
    }

    @Override
    public Flux<InterruptionSignal> unmatched(Instant since) {
        return database.sql("SELECT document FROM interruption WHERE instance_id IS NULL AND received_at > :since")
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map(row -> documents.read(row, InterruptionSignal.class))
                .all();
    }
}
