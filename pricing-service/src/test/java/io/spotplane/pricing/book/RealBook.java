package io.spotplane.pricing.book;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.spotplane.outbox.Outbox;
import io.spotplane.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Book and leases on a real database, outside a Spring context. */
public final class RealBook {

    private final ConnectionFactory connections;

    public RealBook(PostgresServer postgres) {
        connections = connect(postgres);
        if (!hasTables()) {
            migrate(postgres, 1, Integer.MAX_VALUE);
        }
    }

    private boolean hasTables() {
        return database()
                .sql("SELECT to_regclass('market') IS NOT NULL")
                .mapValue(Boolean.class)
                .one()
                .blockOptional()
                .orElseThrow();
    }

    /** The scripts {@code from} to {@code to}, in the order of their versions, each as one command: the whole of it or nothing. */
    static void migrate(PostgresServer postgres, int from, int to) {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (var script : scripts()) {
                if (version(script) >= from && version(script) <= to) {
                    statement.execute(script.getContentAsString(StandardCharsets.UTF_8));
                }
            }
        } catch (SQLException | IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static List<Resource> scripts() throws IOException {
        return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                .sorted(Comparator.comparingInt(RealBook::version))
                .toList();
    }

    private static int version(Resource script) {
        var name = Objects.requireNonNull(script.getFilename());
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static ConnectionFactory connect(PostgresServer postgres) {
        return ConnectionFactories.get(ConnectionFactoryOptions.parse(postgres.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, postgres.user())
                .option(ConnectionFactoryOptions.PASSWORD, postgres.password())
                .build());
    }

    public DatabaseClient database() {
        return DatabaseClient.create(connections);
    }

    public PriceBook book(Outbox outbox) {
        return new R2dbcPriceBook(database(), transactions(), outbox, new BookJson());
    }

    public HeldChanges held(Outbox outbox) {
        return new R2dbcHeldChanges(database(), transactions(), outbox, new BookJson());
    }

    public MarketLeases leases(Outbox outbox) {
        return new R2dbcMarketLeases(database(), transactions(), outbox, new BookJson());
    }

    public TransactionalOperator transactions() {
        return TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }
}
