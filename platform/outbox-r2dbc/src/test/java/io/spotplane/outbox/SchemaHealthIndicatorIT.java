package io.spotplane.outbox;

import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Flyway is told not to migrate, which is what a package without Flyway looks like. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.application.name=test-service",
            "spring.flyway.enabled=false",
            "spring.flyway.locations=classpath:db/outbox",
            "spotplane.outbox.relay=false",
            "management.health.kafka.enabled=false"
        })
@Infrastructure(POSTGRES)
class SchemaHealthIndicatorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    DatabaseClient database;

    @Autowired
    SchemaHealthIndicator ofTheService;

    @BeforeEach
    void anEmptyDatabase() {
        execute("drop table if exists flyway_schema_history");
    }

    @Test
    void aDatabaseThatNobodyMigratedIsNotReadyAndSaysWhatIsMissing() {
        // When
        var health = check(ofTheService);
        // Then
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry(
                        "missing",
                        migrations(
                                "V0_1__outbox.sql",
                                "V0_3__delete_what_was_announced.sql",
                                "V0_4__envelope_in_columns.sql"));
    }

    @Test
    void aMigrationThatFailedIsMissing() {
        // Given
        execute("create table flyway_schema_history (script text, success boolean)");
        execute("insert into flyway_schema_history values ('V1__one.sql', true), ('V2__two.sql', false)");
        // When
        var health = check(new SchemaHealthIndicator(database, migrations("V1__one.sql", "V2__two.sql")));
        // Then
        assertThat(health.getDetails()).containsEntry("missing", migrations("V2__two.sql"));
    }

    @Test
    void aWholeSchemaIsReadyEvenWithMigrationsOfALaterRelease() {
        // Given
        execute("create table flyway_schema_history (script text, success boolean)");
        execute("insert into flyway_schema_history values ('V1__one.sql', true), ('V9__later.sql', true)");
        // Then
        assertThat(check(new SchemaHealthIndicator(database, migrations("V1__one.sql")))
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    private static Health check(SchemaHealthIndicator indicator) {
        return indicator.health().block(PATIENCE);
    }

    private static SortedSet<String> migrations(String... names) {
        return new TreeSet<>(List.of(names));
    }

    private void execute(String sql) {
        database.sql(sql).then().block(PATIENCE);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Service {}
}
