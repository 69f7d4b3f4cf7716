package io.spotplane.contracts.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it travels: CloudEvents 1.0 attributes and data. {@code source} + {@code id} is unique; consumers drop repeats by
 * {@code id}.
 *
 * @param id UUID version 7, made once, in the transaction of the change
 * @param type what happened
 * @param source the service that owns the fact, such as {@code /spotplane/provisioning-service}
 * @param subject the id of the thing it happened to; also the Kafka key, so order holds per subject
 * @param tenant whose it is; {@code platform} for facts that belong to no tenant (hosts, offerings)
 * @param sequence counts the events of one subject on one topic from 1 without gaps; 0 from outside producers
 * @param time when it happened
 * @param expires for notices: the deadline after which it is history; otherwise null
 * @param traceparent W3C trace context of the work that caused it; null when there was none
 * @param data the state after the change
 */
public record Event<T>(
        String id,
        EventType type,
        String source,
        String subject,
        String tenant,
        long sequence,
        Instant time,
        @Nullable Instant expires,
        @Nullable String traceparent,
        T data) {

    /** The tenant of facts that belong to nobody in particular. */
    public static final String PLATFORM = "platform";
}
