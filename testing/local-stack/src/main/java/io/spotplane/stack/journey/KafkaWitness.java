package io.spotplane.stack.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An outsider on Kafka: counts what was published, and submits a request as an outside producer does. */
public final class KafkaWitness {

    private final String bootstrap;

    public KafkaWitness(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** The distinct keys on {@code topic} from its beginning to its present end. */
    public Set<String> keys(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", "false", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readToEnd(consumer, partitions);
        }
    }

    private static Set<String> readToEnd(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        var ends = consumer.endOffsets(partitions);
        var deadline = Instant.now().plusSeconds(10);
        var keys = new HashSet<String>();
        while (Instant.now().isBefore(deadline)
                && partitions.stream()
                        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
        }
        return keys;
    }

    /** Sends a capacity request as a CloudEvent in binary mode and waits for the broker's acknowledgement. */
    public void submit(String topic, String type, String eventId, String requestId, String tenant, String json) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all", "max.block.ms", "10000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var record = new ProducerRecord<>(topic, requestId, json);
            Map.of(
                            "ce_specversion",
                            "1.0",
                            "ce_id",
                            eventId,
                            "ce_type",
                            type,
                            "ce_source",
                            "/journey/outside-producer",
                            "ce_subject",
                            requestId,
                            "ce_time",
                            Instant.now().toString(),
                            "ce_tenant",
                            tenant,
                            "content-type",
                            "application/json")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new JourneyFailed("could not send to " + topic + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JourneyFailed("interrupted");
        }
    }
}
