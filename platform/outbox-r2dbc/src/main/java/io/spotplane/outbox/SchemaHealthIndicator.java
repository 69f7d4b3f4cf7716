package io.spotplane.outbox;

import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Up when every migration that the service brings has been applied to its database. A service whose package lacks Flyway, or whose
 * Flyway looks elsewhere, starts without a word and then fails at its first statement; here it never becomes ready and says what is missing.
 */
final class SchemaHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaHealthIndicator.class);

    private final DatabaseClient database;
    private final SortedSet<String> expected;
    private volatile boolean whole;

    /** @param expected file names of the migrations */
    SchemaHealthIndicator(DatabaseClient database, SortedSet<String> expected) {
        super("The schema cannot be read");
        this.database = database;
        this.expected = expected;
    }

    /** A schema that was whole once is not asked for again. */
    @Override
    protected Mono<Health> doHealthCheck(Health.Builder health) {
        if (whole) {
            return Mono.just(health.up().build());
        }
        return applied().collectList().map(applied -> {
            var lacking = new TreeSet<>(expected);
            applied.forEach(lacking::remove);
            return judge(health, lacking);
        });
    }

    private Health judge(Health.Builder health, SortedSet<String> lacking) {
        whole = lacking.isEmpty();
        if (whole) {
            return health.up().build();
        }
        LOG.warn("Not ready: these migrations are not in the database: {}", lacking);
        return health.down().withDetail("missing", lacking).build();
    }

    private Flux<String> applied() {
        return database.sql("select script from flyway_schema_history where success")
                .mapValue(String.class)
                .all()
                .onErrorResume(BadSqlGrammarException.class, noHistory -> Flux.empty());
    }
}
