package io.spotplane.testing;

/** A way to get running servers. Each method starts a new one, waits until it answers, and leaves it running until the JVM ends. */
sealed interface Servers permits EmbeddedServers, ContainerServers {

    /** The maintenance database, as a superuser. */
    PostgresServer startPostgres() throws Exception;

    /** Database 0 of a Redis that has {@link #REDIS_DATABASES} of them. */
    RedisServer startRedis() throws Exception;

    KafkaServer startKafka() throws Exception;

    /** More than a module has test classes; an unused one costs a few bytes. */
    int REDIS_DATABASES = 512;

    /** What {@code -Dspotplane.infrastructure} says. */
    static Servers chosen() {
        var choice = System.getProperty("spotplane.infrastructure", "embedded");
        return switch (choice) {
            case "embedded" -> new EmbeddedServers();
            case "containers" -> new ContainerServers();
            default ->
                throw new IllegalArgumentException(
                        "spotplane.infrastructure is '" + choice + "'; expected 'embedded' or 'containers'");
        };
    }
}
