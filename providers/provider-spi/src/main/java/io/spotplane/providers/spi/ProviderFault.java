package io.spotplane.providers.spi;

import io.spotplane.contracts.vocabulary.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to a provider that brought no answer to act on. For reads this is the only failure: the caller keeps what it knew. The message is
 * safe to show: adapters take secrets out of it.
 */
public final class ProviderFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String provider;
    private final String operation;
    private final Refusal refusal;
    private final @Nullable Duration retryAfter;

    /**
     * @param provider whose fault
     * @param operation what was being done, such as {@code DescribeInstances}
     * @param refusal how it counts
     * @param message provider code and text, without secrets
     * @param retryAfter how long the provider asked to wait; null when it did not
     * @param cause what was thrown; null when the provider answered in words
     */
    public ProviderFault(
            String provider,
            String operation,
            Refusal refusal,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(provider + " " + operation + ": " + refusal + ": " + message, cause);
        this.provider = provider;
        this.operation = operation;
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** Whose fault. */
    public String provider() {
        return provider;
    }

    /** What was being done. */
    public String operation() {
        return operation;
    }

    /** How it counts. */
    public Refusal refusal() {
        return refusal;
    }

    /** How long the provider asked to wait; null when it did not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
