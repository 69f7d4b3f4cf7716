package io.spotplane.notification.channel;

import reactor.core.publisher.Mono;

/** A way to reach a subscriber. */
public interface Channel {

    /** Tries once, within a time-out of its own. Whatever happens is an outcome; an error signal is a fault of ours. */
    Mono<AttemptOutcome> send(Message message);
}
