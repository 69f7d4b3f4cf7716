package io.spotplane.outbox;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Where a service writes down what it will announce.
 *
 * <p>Invariants: an event is announced if and only if the transaction that appended it committed; at least once; in order
 * per subject; with a sequence per topic and subject that has no gaps.
 */
public interface Outbox {

    /**
     * Appends in the caller's transaction, in list order. Gives each event its id (UUIDv7), sequence and time, and the trace of the
     * caller.
     *
     * @throws IllegalStateException (as error signal) when there is no transaction: an announcement without its change
     */
    Mono<Void> append(List<NewEvent<?>> events);
}
