package io.spotplane.provisioning.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts open instances by provider and phase for {@code spotplane.instances}. */
final class Stocktaking extends Loop {

    private static final String COUNT =
            "SELECT provider, phase, count(*) AS instances FROM instance WHERE open GROUP BY provider, phase";

    private final DatabaseClient database;
    private final MultiGauge instances;
    private final Duration every;

    Stocktaking(DatabaseClient database, MeterRegistry registry, Duration every) {
        this.database = database;
        this.instances = MultiGauge.builder("spotplane.instances")
                .description("Instances that are open")
                .register(registry);
        this.every = every;
    }

    @Override
    Flux<?> work() {
        return Flux.interval(Duration.ZERO, every).onBackpressureDrop().concatMap(_ -> survive(count()), 0);
    }

    private Mono<Void> count() {
        return database.sql(COUNT)
                .map(Stocktaking::row)
                .all()
                .collectList()
                .doOnNext(rows -> instances.register(rows, true))
                .then();
    }

    private static MultiGauge.Row<Number> row(Readable row) {
        var tags = Tags.of(
                "provider", Objects.requireNonNull(row.get("provider", String.class)),
                "phase", Objects.requireNonNull(row.get("phase", String.class)));
        return MultiGauge.Row.of(tags, Objects.requireNonNull(row.get("instances", Long.class)));
    }
}
