package io.spotplane.notification.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.notification.channel.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription as its tenant sees it. The secret is there once, in the answer to its creation. */
record SubscriptionResource(
        UUID id,
        @Nullable String name,
        String channel,
        String url,
        List<String> eventTypes,
        @Nullable String requestId,
        String state,
        @Nullable String disabledReason,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static SubscriptionResource of(Subscription subscription) {
        return of(subscription, null);
    }

    static SubscriptionResource withSecret(Subscription subscription, SigningSecret secret) {
        return of(subscription, secret.text());
    }

    private static SubscriptionResource of(Subscription subscription, @Nullable String secret) {
        return new SubscriptionResource(
                subscription.id(),
                subscription.name(),
                subscription.channel(),
                subscription.url(),
                subscription.eventTypes(),
                subscription.requestId(),
                subscription.state(),
                subscription.disabledReason(),
                subscription.createdAt(),
                secret);
    }
}
