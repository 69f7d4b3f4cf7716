package io.spotplane.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that waits to be announced, encoded as it will travel.
 *
 * @param id the event's id
 * @param topic where to
 * @param subject whose order must be kept; the key
 * @param headers JSON object of header name to text
 * @param payload JSON
 */
record PendingEvent(UUID id, String topic, String subject, String headers, String payload) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** As it goes to the broker. */
    ProducerRecord<String, byte[]> toRecord() {
        var record = new ProducerRecord<>(topic, subject, payload.getBytes(UTF_8));
        JSON.readValue(headers, HEADERS)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    /** Events with the same lane are announced one after the other. */
    Lane lane() {
        return new Lane(topic, subject);
    }

    /** One subject on one topic. */
    record Lane(String topic, String subject) {}
}
