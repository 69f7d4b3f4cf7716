package io.spotplane.outbox;

import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.application.name=test-service",
            "spring.flyway.locations=classpath:db/outbox",
            "spotplane.outbox.relay=false",
            "management.health.kafka.enabled=false"
        })
@Infrastructure(POSTGRES)
class InboxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    @Autowired
    OutboxHousekeeping housekeeping;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Inbox inbox;

    @BeforeEach
    void nothingApplied() {
        inbox = new R2dbcInbox(database, transaction, meters);
        database.sql("create table if not exists effect (n int)").then().block(PATIENCE);
        database.sql("truncate effect, inbox").then().block(PATIENCE);
    }

    @Test
    void appliesAnEventOncePerConsumer() {
        // When
        var first = inbox.once("one", "e1", effect()).block(PATIENCE);
        var repeat = inbox.once("one", "e1", effect()).block(PATIENCE);
        var other = inbox.once("two", "e1", effect()).block(PATIENCE);
        // Then
        assertThat(first).isTrue();
        assertThat(repeat).isFalse();
        assertThat(other).isTrue();
        assertThat(effects()).isEqualTo(2);
        assertThat(meters.counter(R2dbcInbox.DUPLICATES, "consumer", "one").count())
                .isEqualTo(1);
    }

    @Test
    void forgetsAnEventWhoseEffectFailed() {
        // Given
        var failing = effect().then(Mono.<Void>error(new IllegalStateException("no")));
        assertThatThrownBy(() -> inbox.once("one", "e1", failing).block(PATIENCE))
                .hasMessage("no");
        // When
        var again = inbox.once("one", "e1", effect()).block(PATIENCE);
        // Then
        assertThat(again).isTrue();
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void appliesOnceEvenWhenRepeatsArriveTogether() {
        // When
        var applied = Flux.range(0, 8)
                .flatMap(n -> inbox.once("one", "e1", effect()), 8)
                .filter(done -> done)
                .count()
                .block(PATIENCE);
        // Then
        assertThat(applied).isEqualTo(1);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void forgetsAnEventWhenTopicsNoLongerKeepIt() {
        // Given
        inbox.once("one", "old", effect()).block(PATIENCE);
        inbox.once("one", "new", effect()).block(PATIENCE);
        database.sql("update inbox set applied_at = applied_at - interval '15 days' where event_id = 'old'")
                .then()
                .block(PATIENCE);
        // When
        housekeeping.deleteOld().block(PATIENCE);
        // Then
        assertThat(inbox.once("one", "old", effect()).block(PATIENCE)).isTrue();
        assertThat(inbox.once("one", "new", effect()).block(PATIENCE)).isFalse();
    }

    private Mono<Void> effect() {
        return database.sql("insert into effect values (1)").then();
    }

    private long effects() {
        return database.sql("select count(*) from effect")
                .mapValue(Long.class)
                .one()
                .block(PATIENCE);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Service {}
}
