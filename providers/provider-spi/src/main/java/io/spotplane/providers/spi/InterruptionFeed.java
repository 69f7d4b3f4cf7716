package io.spotplane.providers.spi;

import java.util.List;
import reactor.core.publisher.Mono;

/** Notices that have to be asked for. Best effort: the same notice may come again, and may come from the intake too. */
public interface InterruptionFeed extends Provider {

    /** The notices that stand now for machines of {@code owner}; fails with {@link ProviderFault}. */
    Mono<List<InterruptionSignal>> poll(String owner);
}
