package io.spotplane.providers.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's announcement that it takes a machine back.
 *
 * @param signalId for dropping repeats: the provider's event id, or instance id and time where it has none
 * @param provider provider name
 * @param instance whose end it is; the region may be {@code any} when the signal does not name it
 * @param noticedAt the provider's own time of the notice; null where it gives none
 * @param deadline when the machine goes
 * @param source {@code event} or {@code poll}
 */
public record InterruptionSignal(
        String signalId,
        String provider,
        ProviderInstanceId instance,
        @Nullable Instant noticedAt,
        Instant deadline,
        String source) {}
