package io.spotplane.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.testing.BackingService;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.Caller;
import io.spotplane.web.IdempotentWrites;
import io.spotplane.web.ProblemException;
import io.spotplane.web.WriteAnswer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.r2dbc.autoconfigure.DataR2dbcAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** On a real PostgreSQL, with a pool of ten connections. */
@SpringBootTest(
        classes = IdempotentWritesIT.Database.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.autoconfigure.exclude=",
            "spring.flyway.locations=classpath:db/idempotency",
            "spring.r2dbc.pool.max-size=10",
            "spotplane.web.idempotency.patience=1s"
        })
@Infrastructure(BackingService.POSTGRES)
class IdempotentWritesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ROUTE = "POST /v1/gpu-requests";
    private static final Caller ACME = new Caller("acme", "op", Set.of());
    private static final Caller OTHER = new Caller("other", "op", Set.of());
    private static final Map<String, Object> BODY = Map.of("name", "train-1", "count", 1);

    @Autowired
    IdempotentWrites writes;

    @Autowired
    DatabaseClient database;

    @Autowired
    ForgetOldAnswers sweeper;

    @BeforeEach
    void emptyTables() {
        run("create table if not exists effect (id uuid primary key)");
        run("truncate effect, idempotent_write");
    }

    @Test
    void aHundredParallelCallsWithOneKeyRunTheWriteOnceAndAllGetItsAnswer() {
        // Given
        var key = UUID.randomUUID().toString();
        // When
        var answers = Flux.range(0, 100)
                .flatMap(i -> writes.once(ACME, ROUTE, key, BODY, effect(Duration.ofMillis(100))), 100)
                .collectList()
                .block(LIMIT);
        // Then
        assertThat(effects()).isEqualTo(1);
        assertThat(answers)
                .hasSize(100)
                .extracting(WriteAnswer::json)
                .containsOnly(answers.getFirst().json());
        assertThat(answers)
                .extracting(WriteAnswer::location)
                .containsOnly(answers.getFirst().location());
        assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        // Given
        once("k", BODY);
        // When
        var second = write("k", Map.of("name", "train-1", "count", 2));
        // Then
        assertThatThrownBy(() -> second.block(LIMIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED));
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void theOrderOfKeysAndTheFormOfNumbersDoNotMatter() {
        // Given
        once("k", Map.of("price", 1.5, "name", "x"));
        // When
        var second = once("k", new java.util.TreeMap<>(Map.of("name", "x", "price", new java.math.BigDecimal("1.50"))));
        // Then
        assertThat(second.replayed()).isTrue();
    }

    @Test
    void aWriteWithoutKeyIsRefusedBeforeItRuns() {
        assertThatThrownBy(() -> write(null, BODY).block(LIMIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_MISSING));
        assertThat(effects()).isZero();
    }

    @Test
    void aWriteThatIsRolledBackFreesItsKey() {
        // Given
        var failing = writes.once(
                ACME, ROUTE, "k", BODY, effect(Duration.ZERO).then(Mono.error(new IllegalStateException("no"))));
        assertThatThrownBy(() -> failing.block(LIMIT)).hasMessage("no");
        // When
        var second = once("k", BODY);
        // Then
        assertThat(second.replayed()).isFalse();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void tenantsDoNotShareKeys() {
        // Given
        once("k", BODY);
        // When
        var answer = writes.once(OTHER, ROUTE, "k", BODY, effect(Duration.ZERO)).block(LIMIT);
        // Then
        assertThat(answer.replayed()).isFalse();
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void aRepeatThatWaitsTooLongIsToldToComeBack() {
        // Given
        var slow = writes.once(ACME, ROUTE, "k", BODY, effect(Duration.ofSeconds(3)))
                .toFuture();
        Mono.delay(Duration.ofMillis(500)).block(LIMIT);
        // When
        var second = write("k", BODY);
        // Then
        assertThatThrownBy(() -> second.block(LIMIT)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.IN_PROGRESS);
            assertThat(problem.retryAfter()).isNotNull();
        });
        assertThat(Mono.fromFuture(slow).block(LIMIT).replayed()).isFalse();
    }

    @Test
    void answersAreForgottenInBatchesOnlyWhenTheyAreOldEnough() {
        // Given
        run(
                "insert into idempotent_write (tenant, route, idempotency_key, fingerprint, status, answer, created_at)"
                        + " select 'acme', 'r', i::text, ''::bytea, 202, '{}', now() - interval '25 hours' from generate_series(1, 2500) i");
        once("fresh", BODY);
        // When
        var deleted = sweeper.sweep().block(LIMIT);
        // Then
        assertThat(deleted).isEqualTo(2500);
        assertThat(once("fresh", BODY).replayed()).isTrue();
    }

    @Test
    void keepsAnAnswerForItsWholeTime() {
        // Given
        once("k", BODY);
        var almost = Clock.fixed(Instant.now().plus(Duration.ofHours(24)).minusSeconds(60), ZoneOffset.UTC);
        // When
        var deleted = new ForgetOldAnswers(database, Duration.ofHours(24), LIMIT, almost)
                .sweep()
                .block(LIMIT);
        // Then
        assertThat(deleted).isZero();
    }

    private WriteAnswer once(String key, Object body) {
        return write(key, body).block(LIMIT);
    }

    private Mono<WriteAnswer> write(String key, Object body) {
        return writes.once(ACME, ROUTE, key, body, effect(Duration.ZERO));
    }

    /** Does something that can be counted, and takes its time inside the transaction. */
    private Mono<WriteAnswer> effect(Duration duration) {
        return Mono.defer(() -> {
            var id = UUID.randomUUID();
            return database.sql("insert into effect values (:id)")
                    .bind("id", id)
                    .fetch()
                    .rowsUpdated()
                    .then(
                            duration.isZero()
                                    ? Mono.empty()
                                    : Mono.delay(duration).then())
                    .thenReturn(new WriteAnswer(
                            202, URI.create("/v1/gpu-requests/" + id), "{\"id\":\"" + id + "\"}", false));
        });
    }

    private long effects() {
        return database.sql("select count(*) from effect")
                .map(row -> row.get(0, Long.class))
                .one()
                .block(LIMIT);
    }

    private void run(String sql) {
        database.sql(sql).then().block(LIMIT);
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        R2dbcAutoConfiguration.class,
        DataR2dbcAutoConfiguration.class,
        R2dbcTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        IdempotencyAutoConfiguration.class
    })
    static class Database {}
}
