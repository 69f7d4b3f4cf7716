package io.spotplane.inventory;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer of the inventory's topics that remembers everything it heard. */
final class Heard implements AutoCloseable {

    private final List<Event<?>> events = new ArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventCodec codec;

    Heard(KafkaServer kafka, EventCodec codec) {
        this.codec = codec;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.HOSTS, Topics.AGGREGATES));
    }

    /** Everything heard so far. */
    List<Event<?>> all() {
        consumer.poll(Duration.ofMillis(200))
                .forEach(record -> codec.read(record).ifPresent(events::add));
        return List.copyOf(events);
    }

    /** Everything of a type heard so far. */
    List<Event<?>> of(EventType type) {
        return all().stream().filter(event -> event.type() == type).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
