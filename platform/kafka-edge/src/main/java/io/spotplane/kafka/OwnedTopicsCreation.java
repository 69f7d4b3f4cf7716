package io.spotplane.kafka;

import io.spotplane.contracts.event.Topics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the owned topics on a thread of its own, so that a service starts while the broker is away, and tries until it is done
 * ({@link KafkaAdmin} alone tries once).
 */
final class OwnedTopicsCreation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OwnedTopicsCreation.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private final OwnedTopics owned;
    private final KafkaAdmin admin;
    private final Duration retention;
    private @Nullable ScheduledExecutorService worker;

    OwnedTopicsCreation(OwnedTopics owned, KafkaAdmin admin, Duration retention) {
        this.owned = owned;
        this.admin = admin;
        this.retention = retention;
    }

    @Override
    public void start() {
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("owned-topics").factory());
        worker = thread;
        thread.scheduleWithFixedDelay(() -> createOnce(thread), 0, AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void createOnce(ScheduledExecutorService thread) {
        try {
            admin.createOrModifyTopics(
                    owned.topics().stream().flatMap(this::described).toArray(NewTopic[]::new));
            log.info("Topics are there: {}", owned.names().toList());
            thread.shutdown();
        } catch (RuntimeException e) {
            log.warn("Topics could not be made yet, trying again in {}: {}", AGAIN_AFTER, e.toString());
        }
    }

    private Stream<NewTopic> described(OwnedTopics.Topic topic) {
        var main = TopicBuilder.name(topic.name()).partitions(topic.partitions());
        return Stream.of(
                topic.compacted() ? main.compact().build() : keptFor(retention, main),
                keptFor(
                        DEAD_LETTER_RETENTION,
                        TopicBuilder.name(topic.name() + Topics.DEAD_LETTER_SUFFIX)
                                .partitions(1)));
    }

    private static NewTopic keptFor(Duration time, TopicBuilder topic) {
        return topic.config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis()))
                .build();
    }

    @Override
    public void stop() {
        if (worker != null) {
            worker.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null && !worker.isShutdown();
    }
}
