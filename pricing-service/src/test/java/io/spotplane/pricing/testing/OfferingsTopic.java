package io.spotplane.pricing.testing;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what was announced, from the beginning. */
public final class OfferingsTopic {

    private final KafkaServer kafka;
    private final EventCodec codec;

    public OfferingsTopic(KafkaServer kafka, EventCodec codec) {
        this.kafka = kafka;
        this.codec = codec;
    }

    /** Every event of one offering so far, in order. */
    public List<Event<?>> eventsOf(String offeringId) {
        return eventsOf(Topics.OFFERINGS, offeringId);
    }

    /** Every event of one price alert so far, in order. */
    public List<Event<?>> eventsOfAlert(String alertId) {
        return eventsOf(Topics.PRICE_ALERTS, alertId);
    }

    private List<Event<?>> eventsOf(String topic, String subject) {
        var settings =
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            return eventsOf(topic, subject, consumer);
        }
    }

    private List<Event<?>> eventsOf(String topic, String subject, KafkaConsumer<String, byte[]> consumer) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var found = new ArrayList<Event<?>>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (var announced : consumer.poll(Duration.ofMillis(200))) {
                if (announced.key().equals(subject)) {
                    codec.read(announced).ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
