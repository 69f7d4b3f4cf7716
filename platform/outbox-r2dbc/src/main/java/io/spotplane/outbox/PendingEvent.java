package io.spotplane.outbox;

import io.spotplane.kafka.Envelope;

/**
 * An event that waits to be announced.
 *
 * @param position its place in the outbox
 * @param payload its data as JSON
 */
record PendingEvent(long position, Envelope envelope, String payload) {

    /** Events with the same lane are announced one after the other. */
    Lane lane() {
        return new Lane(envelope.topic(), envelope.subject());
    }

    /** One subject on one topic. */
    record Lane(String topic, String subject) {}
}
