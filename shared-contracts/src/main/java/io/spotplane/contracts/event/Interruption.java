package io.spotplane.contracts.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider takes, or took, an instance back.
 *
 * @param instanceId UUID of the instance in Spotplane
 * @param requestId UUID of the request it serves
 * @param provider provider name
 * @param providerInstanceId the provider's own id
 * @param certainty {@code ANNOUNCED} by the provider, or {@code OBSERVED} as already gone
 * @param source how it was learnt: {@code event}, {@code poll} or {@code inspection}
 * @param noticedAt when the provider said it (its own time where it gives one)
 * @param receivedAt when Spotplane learnt it
 * @param deadline when the instance goes away; null when it is already gone
 * @param replacementId UUID of the instance that replaces it; null when none could be intended
 * @param replacementReason why no replacement was intended; null when one was
 */
public record Interruption(
        String instanceId,
        String requestId,
        String provider,
        String providerInstanceId,
        Certainty certainty,
        String source,
        Instant noticedAt,
        Instant receivedAt,
        @Nullable Instant deadline,
        @Nullable String replacementId,
        @Nullable String replacementReason) {

    /** How sure it is. */
    public enum Certainty {
        ANNOUNCED,
        OBSERVED
    }
}
