package io.spotplane.provisioning.instance;

import io.spotplane.contracts.event.Interruption.Certainty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the provider takes, or took, the machine back.
 *
 * @param certainty announced, or only observed when it was gone
 * @param source {@code event}, {@code poll} or {@code inspection}
 * @param noticedAt when the provider said it
 * @param receivedAt when Spotplane learnt it
 * @param deadline when the machine goes; null when it is already gone
 */
public record Notice(
        Certainty certainty,
        String source,
        Instant noticedAt,
        Instant receivedAt,
        @Nullable Instant deadline) {}
