package io.spotplane.kafka;

import io.spotplane.contracts.event.Event;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns events into Kafka records and back: CloudEvents 1.0, binary content mode, JSON data, the subject as key. Reads
 * tolerantly: unknown fields and unknown enum values do not make a record poison.
 */
public interface EventCodec {

    /** The record for {@code event}, for the topic of its type. */
    default ProducerRecord<String, byte[]> write(Event<?> event) {
        return write(Envelope.of(event), data(event.data()));
    }

    /** {@code data} as JSON: the value of its event's record. */
    byte[] data(Object data);

    /**
     * The record of an event whose data was turned into JSON before: the same, byte for byte, as of the whole event. Its timestamp is the
     * event's time.
     *
     * @param data what {@link #data} made of it
     */
    ProducerRecord<String, byte[]> write(Envelope envelope, byte[] data);

    /**
     * The event in {@code record}; empty when its type is one that this version does not know, which a consumer skips.
     *
     * @throws UnreadableEvent when the record is no CloudEvent or its data does not fit its type: poison
     */
    Optional<Event<?>> read(ConsumerRecord<String, byte[]> record);

    /**
     * The event in {@code record} when its data is a {@code dataType}; empty for other types.
     *
     * @throws UnreadableEvent as {@link #read(ConsumerRecord)}
     */
    <T> Optional<Event<T>> read(ConsumerRecord<String, byte[]> record, Class<T> dataType);
}
