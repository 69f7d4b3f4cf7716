package io.spotplane.outbox;

import reactor.core.publisher.Mono;

/** Applies each event once: the event's id and its effect become durable in one transaction. */
public interface Inbox {

    /**
     * Runs {@code effect} unless {@code consumer} applied {@code eventId} before.
     *
     * @param consumer stable name of the consumer, such as {@code provisioning.offerings}
     * @param eventId the event's id
     * @param effect the change, on the same database; runs in this method's transaction
     * @return true when the effect ran and committed, false for a repeat
     */
    Mono<Boolean> once(String consumer, String eventId, Mono<Void> effect);
}
