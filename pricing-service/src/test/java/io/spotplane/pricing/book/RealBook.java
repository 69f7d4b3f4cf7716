package io.spotplane.pricing.book;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.spotplane.outbox.Outbox;
import io.spotplane.testing.PostgresServer;
import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Book and leases on a real database, outside a Spring context. */
public final class RealBook {

    private final ConnectionFactory connections;

    public RealBook(PostgresServer postgres) {
        Flyway.configure()
                .dataSource(postgres.dataSource())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        connections = ConnectionFactories.get(ConnectionFactoryOptions.parse(postgres.r2dbcUrl())
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

    public MarketLeases leases(Outbox outbox) {
        return new R2dbcMarketLeases(database(), transactions(), outbox, new BookJson());
    }

    private TransactionalOperator transactions() {
        return TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }
}
