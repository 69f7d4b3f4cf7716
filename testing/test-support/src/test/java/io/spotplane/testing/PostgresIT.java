package io.spotplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Infrastructure(BackingService.POSTGRES)
class PostgresIT {

    private final PostgresServer postgres;

    PostgresIT(PostgresServer postgres) {
        this.postgres = postgres;
    }

    @Test
    void isPostgres18WithFastSettings() throws SQLException {
        assertThat(query("show server_version")).startsWith("18");
        assertThat(query("show fsync")).isEqualTo("off");
        assertThat(query("show synchronous_commit")).isEqualTo("off");
    }

    @Test
    void theRoleOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
        assertThat(query("select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
        assertThat(query("select pg_get_userbyid(datdba) from pg_database where datname = current_database()"))
                .isEqualTo(postgres.user());
    }

    @Test
    void anotherTestClassHasAnotherDatabase() {
        assertThat(RunningServers.OF_THIS_JVM.postgresOf(RedisIT.class).database())
                .isNotEqualTo(postgres.database());
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(postgres.toString()).doesNotContain(postgres.password());
    }

    @Nested
    class ANestedClass {

        @Test
        void sharesTheDatabaseOfItsOwner(PostgresServer nested) {
            assertThat(nested).isEqualTo(postgres);
        }
    }

    private String query(String sql) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
