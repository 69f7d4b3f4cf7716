package io.spotplane.testing;

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
import org.springframework.util.FileSystemUtils;

/**
 * Kafka's own server class as broker and controller in one. It is never shut down: consumers of cached Spring contexts would
 * wait for it in their shutdown hooks. It ends with the JVM, and the next start removes what it left on disk.
 */
final class KRaftBroker {

    private static final String DIRECTORY_PREFIX = "spotplane-test-kafka-";

    private KRaftBroker() {}

    static KafkaServer start(String host, int port, int controllerPort) throws Exception {
        var logs = freshDirectory();
        var listener = host + ":" + port;
        format(logs);
        new KafkaRaftServer(new KafkaConfig(settings(logs, listener, host + ":" + controllerPort)), Time.SYSTEM)
                .startup();
        return new KafkaServer(listener);
    }

    private static void format(Path logs) throws Exception {
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(logs.toString()))
                .setMetadataLogDirectory(logs.toString())
                .run();
    }

    private static Properties settings(Path logs, String listener, String controller) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "listeners", "PLAINTEXT://" + listener + ",CONTROLLER://" + controller,
                "log.dirs", logs.toString()));
        settings.putAll(singleNode());
        settings.putAll(quickAndSmall());
        return settings;
    }

    private static Map<String, String> singleNode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1");
    }

    /** A consumer joins at once, and the log cleaner does not reserve its usual 128 MiB. */
    private static Map<String, String> quickAndSmall() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "num.network.threads", "2",
                "num.io.threads", "2",
                "background.threads", "2");
    }

    private static Path freshDirectory() throws IOException {
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        removeLeftovers(parent);
        return Files.createTempDirectory(
                parent, DIRECTORY_PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (var directories = Files.newDirectoryStream(parent, DIRECTORY_PREFIX + "*")) {
            for (var directory : directories) {
                if (isLeftover(directory)) {
                    FileSystemUtils.deleteRecursively(directory);
                }
            }
        }
    }

    private static boolean isLeftover(Path directory) {
        var owner = directory.getFileName().toString().substring(DIRECTORY_PREFIX.length());
        return ProcessHandle.of(Long.parseLong(owner, 0, owner.indexOf('-'), 10))
                .isEmpty();
    }
}
