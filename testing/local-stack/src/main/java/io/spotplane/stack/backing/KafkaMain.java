package io.spotplane.stack.backing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Runs one Kafka node until SIGTERM. Arguments: broker port, controller port, log directory. */
final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        var settings = settings(arguments[0], arguments[1], Path.of(arguments[2]));
        formatOnce(Path.of(arguments[2]));
        var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        try {
            server.startup();
        } catch (Throwable e) {
            // Threads that are already running would keep a broker alive that serves nobody.
            System.err.println("Kafka did not start: " + e);
            Runtime.getRuntime().halt(1);
        }
        server.awaitShutdown();
    }

    private static void formatOnce(Path logs) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(logs);
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(logs.toString()))
                .setMetadataLogDirectory(logs.toString())
                .run();
    }

    static Properties settings(String port, String controllerPort, Path logs) throws IOException {
        if (logs.toString().contains(",")) {
            throw new IOException("Kafka splits its log.dirs at commas; choose a SPOTPLANE_HOME without one: " + logs);
        }
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "log.dirs", logs.toString()));
        settings.putAll(singleNode());
        settings.putAll(smallMachine());
        return settings;
    }

    /** Topics belong to services, which create them with the right cleanup policy; a typo must not create another. */
    private static Map<String, String> singleNode() {
        return Map.of(
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "4");
    }

    /**
     * Consumers join at once, the log cleaner does not reserve its usual 128 MiB, and a broker that was killed need not wait for the end
     * of its old session for long before it may register again.
     */
    private static Map<String, String> smallMachine() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "broker.session.timeout.ms", "4000",
                "broker.heartbeat.interval.ms", "1000",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "4");
    }
}
