package io.spotplane.testing;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on a running PostgreSQL, owned by {@code user}, who is no superuser, as in an installed system.
 *
 * @param host loopback, or where the container engine publishes ports
 * @param port TCP port
 * @param database name of the database; fresh for every test class
 * @param user role that owns the database
 * @param password of that role, generated
 */
public record PostgresServer(String host, int port, String database, String user, String password) {

    /** For Flyway and other JDBC clients; without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** For R2DBC clients; without credentials. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** Unpooled: every {@code getConnection()} connects anew. */
    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    @Override
    public String toString() {
        return "PostgresServer[%s, user=%s]".formatted(jdbcUrl(), user);
    }
}
