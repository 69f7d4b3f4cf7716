package io.spotplane.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers from stock images through Testcontainers, which removes the containers when the JVM is gone. */
final class ContainerServers implements Servers {

    private static final int REDIS_PORT = 6379;

    /** False when no Docker engine answers. */
    static boolean available() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    @SuppressWarnings("resource")
    public PostgresServer startPostgres() {
        var postgres = new PostgreSQLContainer(image("postgres", "postgres:18"))
                .withPassword(Secrets.fresh())
                .withCommand(
                        "postgres", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "max_connections=300");
        postgres.start();
        return new PostgresServer(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword());
    }

    @Override
    @SuppressWarnings("resource")
    public RedisServer startRedis() {
        var password = Secrets.fresh();
        var redis = new GenericContainer<>(image("redis", "redis:8"))
                .withExposedPorts(REDIS_PORT)
                .withCommand(
                        "redis-server",
                        "--databases",
                        String.valueOf(REDIS_DATABASES),
                        "--requirepass",
                        password,
                        "--save",
                        "");
        redis.start();
        return new RedisServer(redis.getHost(), redis.getMappedPort(REDIS_PORT), 0, password);
    }

    @Override
    @SuppressWarnings("resource")
    public KafkaServer startKafka() {
        var kafka = new KafkaContainer(image("apache/kafka", "apache/kafka:4.2.1"))
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        kafka.start();
        return new KafkaServer(kafka.getBootstrapServers());
    }

    /** {@code -Dspotplane.image.postgres=…} and the like: for sites that have a mirror or images of their own. */
    private static DockerImageName image(String name, String stock) {
        var setting = "spotplane.image." + name.substring(name.indexOf('/') + 1);
        return DockerImageName.parse(System.getProperty(setting, stock)).asCompatibleSubstituteFor(name);
    }
}
