package io.spotplane.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.core.RedisServerBuilder;

/** Servers from Maven artifacts: PostgreSQL and Redis as child processes, Kafka inside this JVM. */
final class EmbeddedServers implements Servers {

    private static final String LOOPBACK = "127.0.0.1";

    /** Without fsync and with trusted local logins, which is what zonky's defaults are; its shutdown hook stops the server. */
    @Override
    public PostgresServer startPostgres() throws IOException {
        var postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("shared_buffers", "64MB")
                .start();
        return new PostgresServer(LOOPBACK, postgres.getPort(), "postgres", "postgres", "");
    }

    /** Nothing is written to disk; the library's shutdown hook stops the server. */
    @Override
    public RedisServer startRedis() throws IOException {
        var port = freePort();
        var password = Secrets.fresh();
        new RedisServerBuilder()
                .bind(LOOPBACK)
                .port(port)
                .setting("databases " + REDIS_DATABASES)
                .setting("requirepass " + password)
                .setting("save \"\"")
                .setting("appendonly no")
                .onShutdownForceStop(true)
                .build()
                .start();
        return new RedisServer(LOOPBACK, port, 0, password);
    }

    @Override
    public KafkaServer startKafka() throws Exception {
        return KRaftBroker.start(LOOPBACK, freePort(), freePort());
    }

    /** Free a moment ago: the servers here cannot report a port that they chose themselves. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
