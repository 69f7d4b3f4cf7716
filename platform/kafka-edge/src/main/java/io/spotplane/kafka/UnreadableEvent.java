package io.spotplane.kafka;

import org.jspecify.annotations.Nullable;

/** A record that no retry will make readable. It goes to the dead-letter topic at once, with this message. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
