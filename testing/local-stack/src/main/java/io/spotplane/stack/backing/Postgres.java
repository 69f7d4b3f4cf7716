package io.spotplane.stack.backing;

import io.spotplane.stack.process.Command;
import io.spotplane.stack.process.Part;
import io.spotplane.stack.process.ShortCommand;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * PostgreSQL 18 with everything that makes a commit durable switched on, on loopback TCP only.
 *
 * @param port TCP port
 * @param binaries where the distribution is unpacked
 * @param data directory of the cluster, made at the first start
 * @param password of the superuser {@code postgres}, set when the cluster is made
 * @param databases name of each database and of the role that owns it → that role's password
 */
public record Postgres(int port, Path binaries, Path data, String password, Map<String, String> databases)
        implements Part {

    private static final String SUPERUSER = "postgres";

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String address() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/";
    }

    @Override
    public Command command() throws IOException {
        unpack();
        createCluster();
        return Command.of(program(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "max_connections=150",
                "-c",
                "shared_buffers=64MB"));
    }

    @Override
    public boolean isReady() throws SQLException {
        try (var connection = connect()) {
            return connection.isValid(1);
        }
    }

    /** Every service has a database and a role of its own, and no other service can sign in to it. */
    @Override
    public void afterReady() throws SQLException {
        try (var connection = connect()) {
            for (var database : databases.entrySet()) {
                createDatabase(connection, database.getKey(), database.getValue());
            }
        }
    }

    /** SIGTERM would wait until the last client is gone; a fast shutdown sends clients away and writes a checkpoint. */
    @Override
    public void requestStop(ProcessHandle process) throws IOException {
        ShortCommand.run(program("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "--no-wait"));
    }

    @Override
    public String toString() {
        return "Postgres[port=" + port + ", data=" + data + ", databases=" + databases.keySet() + "]";
    }

    private Connection connect() throws SQLException {
        return connect(SUPERUSER);
    }

    /** A connection to one of its databases, as superuser. */
    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        var connection = new Driver().connect(address() + database, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know " + address());
        }
        return connection;
    }

    private static void createDatabase(Connection connection, String name, String password) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = '%s'", name)) {
            execute(connection, "create role %s login".formatted(name));
        }
        execute(connection, "alter role %s password '%s'".formatted(name, password));
        if (!exists(connection, "select 1 from pg_database where datname = '%s'", name)) {
            execute(connection, "create database %s owner %s".formatted(name, name));
            execute(connection, "revoke connect on database %s from public".formatted(name));
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query.formatted(name))) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void unpack() throws IOException {
        var system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            Unpacking.once(archive, binaries);
        }
    }

    /** In a directory aside, so that an interrupted {@code initdb} is not taken for a cluster. */
    private void createCluster() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        var partial = data.resolveSibling(data.getFileName() + ".partial");
        Unpacking.delete(partial);
        Files.createDirectories(data.getParent());
        var passwordFile = Files.createTempFile(data.getParent(), "initdb", ".password");
        try {
            Files.writeString(passwordFile, password);
            ShortCommand.run(program(
                    "initdb",
                    "--pgdata=" + partial,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody in particular. */
    private List<String> program(String name, String... arguments) {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(binaries.resolve("bin").resolve(name).toString());
        words.addAll(List.of(arguments));
        return words;
    }
}
