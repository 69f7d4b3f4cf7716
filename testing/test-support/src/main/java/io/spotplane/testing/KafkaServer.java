package io.spotplane.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A running Kafka broker, shared by all test classes of the JVM: a test takes topic and group names that nobody else takes.
 * Topics appear on first use with one partition; a test that needs more, or compaction, creates them here.
 *
 * @param bootstrapServers {@code host:port}, for {@code bootstrap.servers}
 */
public record KafkaServer(String bootstrapServers) {

    private static final long CREATE_SECONDS = 30;

    /**
     * Creates the topics and waits until the broker knows them.
     *
     * @throws IllegalStateException if one exists already or the broker does not answer within 30 s
     */
    public void create(NewTopic... topics) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(topics)).all().get(CREATE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not create " + List.of(topics), e);
        }
    }
}
