package io.spotplane.notification.subscription;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to be told.
 *
 * @param id UUIDv7
 * @param tenant whose it is
 * @param name the client's name for it; null for none
 * @param channel {@code WEBHOOK}
 * @param url where to
 * @param eventTypes wanted types or prefixes with {@code *}; empty for all
 * @param requestId only what is about this request; null for all
 * @param state {@code ACTIVE}, or {@code DISABLED} after the receiver said 410
 * @param disabledReason why it was disabled; null while active
 * @param createdAt when it was made
 */
record Subscription(
        UUID id,
        String tenant,
        @Nullable String name,
        String channel,
        String url,
        List<String> eventTypes,
        @Nullable String requestId,
        String state,
        @Nullable String disabledReason,
        Instant createdAt) {}
