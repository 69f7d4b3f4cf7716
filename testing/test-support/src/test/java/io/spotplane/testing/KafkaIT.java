package io.spotplane.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@Infrastructure(BackingService.KAFKA)
class KafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void carriesARecordThroughATopicThatWasCreated(KafkaServer kafka) throws Exception {
        // Given
        kafka.create(new NewTopic("kafka-it.created", 3, (short) 1));
        // When
        send(kafka, new ProducerRecord<>("kafka-it.created", "key", "value"));
        // Then
        assertThat(firstValue(kafka, "kafka-it.created")).isEqualTo("value");
    }

    @Test
    void refusesToCreateATopicTwice(KafkaServer kafka) {
        // Given
        var topic = new NewTopic("kafka-it.twice", 1, (short) 1);
        kafka.create(topic);
        // Then
        assertThatThrownBy(() -> kafka.create(topic))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kafka-it.twice");
    }

    private static void send(KafkaServer kafka, ProducerRecord<String, String> message) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(message).get();
        }
    }

    private static String firstValue(KafkaServer kafka, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "group.id", topic, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            return consumer.poll(PATIENCE).iterator().next().value();
        }
    }
}
