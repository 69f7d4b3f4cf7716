package io.spotplane.providers.spi;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Buys and ends machines.
 *
 * <p>Laws: every answer is an outcome; the Mono fails only for programming errors. A fault before the order was sent is
 * {@code Declined(TRANSIENT)}; any doubt after that is {@code Unknown}. "No capacity" is an expected answer and opens no breaker.
 * {@code launch} makes one attempt: retrying is the caller's, in one layer only.
 */
public interface InstanceLauncher extends Provider {

    /** How an {@link LaunchOutcome.Unknown} is resolved. */
    enum Resolution {
        /** The provider remembers tokens: the same order again answers with the same machine. */
        REPEAT_WITH_TOKEN,
        /** The provider does not: look for the token among the owned instances until the visibility window is over. */
        LOOK_BY_TOKEN
    }

    /** Orders one machine. The order's token is committed before this is called. */
    Mono<LaunchOutcome> launch(LaunchOrder order);

    /** Asks for the end of a machine. May be repeated; a machine that is already gone is {@code Accepted}. */
    Mono<TerminateOutcome> terminate(ProviderInstanceId instance);

    /** How to resolve an unknown outcome at this provider. */
    Resolution resolution();

    /** How long a machine that exists may be missing from the provider's list after its order. */
    Duration visibilityWindow();
}
