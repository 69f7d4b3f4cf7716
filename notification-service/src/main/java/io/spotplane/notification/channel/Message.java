package io.spotplane.notification.channel;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent, and where to.
 *
 * @param id of the event; the same for every attempt, so that a receiver can drop repeats
 * @param type CloudEvents type
 * @param envelope the structured CloudEvent
 * @param traceparent W3C trace context of what caused it; null for none
 * @param late whether the deadline of a notice has passed
 * @param to the address
 * @param secret to sign with
 */
public record Message(
        String id,
        String type,
        String envelope,
        @Nullable String traceparent,
        boolean late,
        URI to,
        SigningSecret secret) {}
