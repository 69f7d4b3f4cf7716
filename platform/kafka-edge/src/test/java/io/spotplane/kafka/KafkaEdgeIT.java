package io.spotplane.kafka;

import static io.spotplane.testing.BackingService.KAFKA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostVanished;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;

@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spotplane.kafka.retries=3",
            "spotplane.kafka.first-backoff=250ms",
            "management.tracing.export.otlp.enabled=false"
        })
@Infrastructure(KAFKA)
@AutoConfigureMetrics
@AutoConfigureTracing
class KafkaEdgeIT {

    private static final String TOPIC = "kafka-edge-it.facts";
    private static final String LATEST = "kafka-edge-it.latest";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired
    EventCodec codec;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    KafkaAdmin admin;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    Applied applied;

    @Autowired
    MeterRegistry meters;

    @Autowired
    KafkaHealthIndicator health;

    @BeforeEach
    void topicsAreThere() {
        await().ignoreExceptions()
                .until(() -> admin.describeTopics(TOPIC + ".dlt", LATEST).size() == 2);
        everyPartitionHasItsListener();
    }

    /** While consumers still join their group, partitions change hands and what is being retried begins again. */
    private void everyPartitionHasItsListener() {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> listeners.getAllListenerContainers().stream()
                        .allMatch(container -> container.getAssignedPartitions().size() == partitionsOf(container)));
    }

    private int partitionsOf(MessageListenerContainer container) {
        var topics = container.getContainerProperties().getTopics();
        return admin.describeTopics(topics).values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    @Test
    void poisonLeavesItsNeighboursAloneAndKeepsTheOrderOfItsKey() {
        // Given: on partition 0 poison, on partition 1 a record whose effect fails, partition 2 is healthy
        var run = UUID.randomUUID().toString();
        var letters = applied.deadLettersOf(run);
        var before = deadLetterCount();
        // When
        send(0, run, "a-1", 1);
        kafka.send(new ProducerRecord<>(TOPIC, 0, run, "no event".getBytes(UTF_8)));
        send(0, run, "a-2", 2);
        send(1, run, Applied.FAILS, 1);
        send(1, run, "b-2", 2);
        IntStream.rangeClosed(1, 50).forEach(n -> send(2, run, "c-" + n, n));
        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(letters).hasSize(2));
        await().untilAsserted(() -> assertThat(applied.on(1)).contains("b-2"));
        assertThat(applied.on(0)).containsSubsequence("a-1", "a-2");
        assertThat(applied.on(2))
                .containsSubsequence(
                        IntStream.rangeClosed(1, 50).mapToObj(n -> "c-" + n).toArray(String[]::new));
        assertThat(applied.at("a-2")).as("poison is not retried").isBefore(applied.at("b-2"));
        assertThat(applied.at("c-50")).as("neighbours do not wait").isBefore(applied.at("b-2"));
        assertThat(applied.triesOf(Applied.FAILS)).isEqualTo(4);
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetters.REASON))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("no CloudEvent"),
                        reason -> assertThat(reason).isEqualTo("IllegalStateException: no room for this host"));
        assertThat(deadLetterCount()).isEqualTo(before + 2);
    }

    @Test
    void theCounterOfDeadLettersIsThereBeforeTheFirst() {
        await().untilAsserted(() -> assertThat(meters.find(DeadLetters.METRIC)
                        .tag("topic", TOPIC + ".dlt")
                        .counter())
                .isNotNull()
                .satisfies(counter -> assertThat(counter.count()).isZero()));
    }

    @Test
    void anOutageIsWaitedOutHoweverLong() {
        // Given
        var run = UUID.randomUUID().toString();
        var letters = applied.deadLettersOf(run);
        // When: more failures than the bound for others
        send(0, run, Applied.OUTAGE, 1);
        send(0, run, "after-the-outage", 2);
        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(applied.on(0)).containsSubsequence(Applied.OUTAGE, "after-the-outage"));
        assertThat(applied.triesOf(Applied.OUTAGE)).isEqualTo(Applied.OUTAGE_TRIES + 1);
        assertThat(letters).isEmpty();
    }

    @Test
    void aListenerContinuesTheTraceOfTheRecord() {
        // When
        send(1, "traced", "traced", 1);
        // Then
        await().untilAsserted(() -> assertThat(applied.traceOf("traced")).isEqualTo(TRACE));
    }

    @Test
    void makesTheOwnedTopicsAsDeclared() throws Exception {
        // When
        var described = admin.describeTopics(TOPIC, LATEST);
        // Then
        assertThat(described.get(TOPIC).partitions()).hasSize(3);
        assertThat(cleanup(TOPIC)).isEqualTo("delete");
        assertThat(cleanup(LATEST)).isEqualTo("compact");
    }

    @Test
    void isHealthyWhileTheBrokerAnswers() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isUnhealthyWithoutABroker() {
        // Given
        var nobody = new KafkaHealthIndicator(new KafkaAdmin(Map.of("bootstrap.servers", "127.0.0.1:1")));
        // When
        var status = nobody.health().getStatus();
        nobody.destroy();
        // Then
        assertThat(status).isEqualTo(Status.DOWN);
    }

    private void send(int partition, String key, String host, long sequence) {
        var event = new Event<>(
                UUID.randomUUID().toString(),
                EventType.HOST_VANISHED,
                "/spotplane/test",
                key,
                Event.PLATFORM,
                sequence,
                Instant.now(),
                null,
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                new HostVanished(host, Instant.now()));
        var written = codec.write(event);
        kafka.send(new ProducerRecord<>(TOPIC, partition, key, written.value(), written.headers()));
    }

    private double deadLetterCount() {
        return meters.counter(DeadLetters.METRIC, "topic", TOPIC).count();
    }

    private String cleanup(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            return client.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("cleanup.policy")
                    .value();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Service {

        @Bean
        OwnedTopics ownedTopics() {
            return OwnedTopics.of(OwnedTopics.Topic.log(TOPIC), OwnedTopics.Topic.compacted(LATEST));
        }

        @Bean
        Applied applied(EventCodec codec, Tracer tracer) {
            return new Applied(codec, tracer);
        }
    }

    /** A consumer with a memory. Hosts with certain names fail. */
    static class Applied {

        static final String FAILS = "fails";
        static final String OUTAGE = "outage";
        static final int OUTAGE_TRIES = 5;

        private final EventCodec codec;
        private final Tracer tracer;
        private final Map<Integer, List<String>> hosts = new ConcurrentHashMap<>();
        private final Map<String, Instant> times = new ConcurrentHashMap<>();
        private final Map<String, Integer> tries = new ConcurrentHashMap<>();
        private final Map<String, String> traces = new ConcurrentHashMap<>();
        private final Map<String, List<ConsumerRecord<String, byte[]>>> letters = new ConcurrentHashMap<>();

        Applied(EventCodec codec, Tracer tracer) {
            this.codec = codec;
            this.tracer = tracer;
        }

        @KafkaListener(topics = TOPIC, groupId = "kafka-edge-it")
        void on(ConsumerRecord<String, byte[]> record) {
            codec.read(record, HostVanished.class)
                    .ifPresent(event -> apply(record.partition(), event.data().hostId()));
        }

        @KafkaListener(topics = TOPIC + ".dlt", groupId = "kafka-edge-it")
        void onDeadLetter(ConsumerRecord<String, byte[]> record) {
            deadLettersOf(record.key()).add(record);
        }

        private void apply(int partition, String host) {
            var count = tries.merge(host, 1, Integer::sum);
            traces.put(host, tracer.currentSpan().context().traceId());
            if (host.equals(FAILS)) {
                throw new IllegalStateException("no room for this host");
            }
            if (host.equals(OUTAGE) && count <= OUTAGE_TRIES) {
                throw new IllegalStateException(new TransientDataAccessResourceException("database is away"));
            }
            times.put(host, Instant.now());
            on(partition).add(host);
        }

        List<String> on(int partition) {
            return hosts.computeIfAbsent(partition, p -> new CopyOnWriteArrayList<>());
        }

        List<ConsumerRecord<String, byte[]>> deadLettersOf(String key) {
            return letters.computeIfAbsent(key, k -> new CopyOnWriteArrayList<>());
        }

        Instant at(String host) {
            return times.get(host);
        }

        int triesOf(String host) {
            return tries.getOrDefault(host, 0);
        }

        @Nullable
        String traceOf(String host) {
            return traces.get(host);
        }
    }
}
