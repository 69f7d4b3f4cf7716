package io.spotplane.outbox;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * PostgreSQL's {@code LISTEN}: tells at once that another transaction, of any replica, committed. A hint, not a delivery: whoever
 * listens also looks from time to time.
 */
public final class DatabaseSignals {

    private static final Logger log = LoggerFactory.getLogger(DatabaseSignals.class);
    private static final Pattern CHANNEL = Pattern.compile("[a-z_]+");
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final ConnectionFactory connections;

    /** Listens on connections of its own, never on pooled ones. */
    public DatabaseSignals(ConnectionFactory connections) {
        this.connections = unpooled(connections);
    }

    /**
     * The payloads of {@code channel}, for ever: a lost connection is made anew. Emits an empty string after each connect, because
     * something may have happened in between. Each subscription has its own connection. Slow subscribers miss signals rather than
     * collect them.
     *
     * @param channel lower-case letters and underscores
     */
    public Flux<String> on(String channel) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException("channel is '" + channel + "', expected [a-z_]+");
        }
        return Flux.usingWhen(connect(), connection -> listen(connection, channel), Connection::close)
                .concatWith(Mono.error(() -> new IllegalStateException("connection closed")))
                .doOnError(fault -> log.info("Stopped hearing '{}', listening again: {}", channel, fault.toString()))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER))
                .onBackpressureLatest();
    }

    private Mono<PostgresqlConnection> connect() {
        return Mono.from(connections.create()).cast(PostgresqlConnection.class);
    }

    private static Flux<String> listen(PostgresqlConnection connection, String channel) {
        return connection
                .createStatement("listen " + channel)
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .thenMany(
                        Flux.concat(Mono.just(""), connection.getNotifications().map(Notification::getParameter)));
    }

    private static ConnectionFactory unpooled(ConnectionFactory connections) {
        return connections instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof ConnectionFactory inner
                ? unpooled(inner)
                : connections;
    }
}
