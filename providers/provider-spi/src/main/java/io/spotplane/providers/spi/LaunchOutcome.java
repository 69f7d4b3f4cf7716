package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a launch order. */
public sealed interface LaunchOutcome {

    /** The provider took the order and named a machine. Not yet a machine: only an inspection sees one. */
    record Accepted(ProviderInstanceId instance) implements LaunchOutcome {}

    /**
     * The provider said no, and nothing was made.
     *
     * @param refusal why; never {@link Refusal#AMBIGUOUS}
     * @param providerCode the provider's own code
     * @param message the provider's words, without secrets
     * @param retryAfter how long it asked to wait; null when it did not
     */
    record Declined(
            Refusal refusal,
            String providerCode,
            String message,
            @Nullable Duration retryAfter) implements LaunchOutcome {}

    /**
     * No answer was read: the machine may or may not exist. Look by token, or send the same order again where
     * {@link InstanceLauncher#resolution} allows it; never buy elsewhere before that.
     *
     * @param token identity of the launch
     * @param why what was met, such as a time-out
     */
    record Unknown(LaunchToken token, String why) implements LaunchOutcome {}
}
