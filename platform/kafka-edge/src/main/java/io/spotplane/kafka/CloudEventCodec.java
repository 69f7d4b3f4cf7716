package io.spotplane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudEvents 1.0 over Kafka, binary content mode: attributes in headers {@code ce_…}, {@code content-type}, JSON as value.
 * Besides the extension attribute {@code traceparent} (CloudEvents' distributed tracing) the plain W3C header is set, because
 * that is the one that tracing libraries read.
 */
final class CloudEventCodec implements EventCodec {

    static final String TRACEPARENT = "traceparent";

    private static final String TENANT = "tenant";
    private static final String SEQUENCE = "sequence";
    private static final String EXPIRES = "expires";

    private final JsonMapper json;

    CloudEventCodec(JsonMapper json) {
        this.json = json;
    }

    @Override
    public byte[] data(Object data) {
        return json.writeValueAsBytes(data);
    }

    @Override
    public ProducerRecord<String, byte[]> write(Envelope envelope, byte[] data) {
        ProducerRecord<String, byte[]> record = KafkaMessageFactory.createWriter(
                        envelope.topic(), null, envelope.time().toEpochMilli(), envelope.subject())
                .writeBinary(cloudEvent(envelope, data));
        if (envelope.traceparent() != null) {
            record.headers().add(TRACEPARENT, envelope.traceparent().getBytes(UTF_8));
        }
        return record;
    }

    private static CloudEvent cloudEvent(Envelope envelope, byte[] data) {
        var event = CloudEventBuilder.v1()
                .withId(envelope.id())
                .withType(envelope.type())
                .withSource(URI.create(envelope.source()))
                .withSubject(envelope.subject())
                .withTime(envelope.time().atOffset(ZoneOffset.UTC))
                .withDataSchema(URI.create(EventType.schemaOf(envelope.type())))
                .withExtension(TENANT, envelope.tenant())
                .withExtension(SEQUENCE, Long.toString(envelope.sequence()))
                .withData("application/json", data);
        if (envelope.expires() != null) {
            event.withExtension(EXPIRES, envelope.expires().toString());
        }
        if (envelope.traceparent() != null) {
            event.withExtension(TRACEPARENT, envelope.traceparent());
        }
        return event.build();
    }

    @Override
    public Optional<Event<?>> read(ConsumerRecord<String, byte[]> record) {
        var envelope = envelopeOf(record);
        return EventType.named(envelope.getType()).map(type -> event(type, envelope, record));
    }

    @Override
    public <T> Optional<Event<T>> read(ConsumerRecord<String, byte[]> record, Class<T> dataType) {
        var envelope = envelopeOf(record);
        return EventType.named(envelope.getType())
                .filter(type -> type.dataType().equals(dataType))
                .map(type -> event(type, dataType, envelope, record));
    }

    private static CloudEvent envelopeOf(ConsumerRecord<String, byte[]> record) {
        try {
            return KafkaMessageFactory.createReader(record).toEvent();
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new UnreadableEvent("no CloudEvent in binary mode: " + e.getMessage(), e);
        }
    }

    private Event<?> event(EventType type, CloudEvent envelope, ConsumerRecord<String, byte[]> record) {
        return event(type, type.dataType(), envelope, record);
    }

    private <T> Event<T> event(
            EventType type, Class<T> dataType, CloudEvent envelope, ConsumerRecord<String, byte[]> record) {
        return new Event<>(
                envelope.getId(),
                type,
                envelope.getSource().toString(),
                required("subject", requireNonNullElse(envelope.getSubject(), record.key())),
                required("tenant", extension(envelope, TENANT)),
                sequence(envelope),
                time(envelope, record),
                expires(envelope),
                traceparent(envelope, record),
                data(dataType, record.value()));
    }

    private static String required(String attribute, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new UnreadableEvent("attribute '" + attribute + "' is missing", null);
        }
        return value;
    }

    private static @Nullable String extension(CloudEvent envelope, String name) {
        var value = envelope.getExtension(name);
        return value == null ? null : value.toString();
    }

    private static long sequence(CloudEvent envelope) {
        var sequence = extension(envelope, SEQUENCE);
        try {
            return sequence == null ? 0 : Long.parseLong(sequence);
        } catch (NumberFormatException e) {
            throw new UnreadableEvent("attribute 'sequence' is '" + sequence + "', expected a whole number", e);
        }
    }

    private static Instant time(CloudEvent envelope, ConsumerRecord<String, byte[]> record) {
        var time = envelope.getTime();
        return time == null ? Instant.ofEpochMilli(record.timestamp()) : time.toInstant();
    }

    private static @Nullable Instant expires(CloudEvent envelope) {
        var expires = extension(envelope, EXPIRES);
        try {
            return expires == null ? null : OffsetDateTime.parse(expires).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableEvent("attribute 'expires' is '" + expires + "', expected an RFC 3339 time", e);
        }
    }

    private static @Nullable String traceparent(CloudEvent envelope, ConsumerRecord<String, byte[]> record) {
        var header = record.headers().lastHeader(TRACEPARENT);
        return header == null ? extension(envelope, TRACEPARENT) : new String(header.value(), UTF_8);
    }

    private <T> T data(Class<T> type, byte @Nullable [] value) {
        if (value == null) {
            throw new UnreadableEvent("there is no data", null);
        }
        try {
            return requireData(type, json.readValue(value, type));
        } catch (JacksonException e) {
            throw new UnreadableEvent("data is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static <T> T requireData(Class<T> type, @Nullable T data) {
        if (data == null) {
            throw new UnreadableEvent("data is null, expected " + type.getSimpleName(), null);
        }
        return data;
    }
}
