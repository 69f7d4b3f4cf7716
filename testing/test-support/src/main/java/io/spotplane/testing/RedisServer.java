package io.spotplane.testing;

/**
 * A numbered database on a running Redis, empty when its test class starts.
 *
 * @param host loopback, or where the container engine publishes ports
 * @param port TCP port
 * @param database number for {@code SELECT}; one per test class
 * @param password for {@code AUTH}, generated
 */
public record RedisServer(String host, int port, int database, String password) {

    /** {@code redis://:password@host:port/database}, as Lettuce reads it. */
    public String uri() {
        return "redis://:%s@%s:%d/%d".formatted(password, host, port, database);
    }

    @Override
    public String toString() {
        return "RedisServer[%s:%d/%d]".formatted(host, port, database);
    }
}
