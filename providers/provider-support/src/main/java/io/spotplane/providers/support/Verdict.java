package io.spotplane.providers.support;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.TerminateOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an adapter judged a call that did not bring what it asked for, and what that means for each kind of call. {@link Refusal#AMBIGUOUS} is the verdict
 * "sent, and no answer that says what was done".
 *
 * @param refusal how it counts
 * @param code the provider's own code, or a short word where it gave none
 * @param message the provider's words, already without secrets
 * @param retryAfter how long it asked to wait; null when it did not
 */
public record Verdict(
        Refusal refusal,
        String code,
        String message,
        @Nullable Duration retryAfter) {

    /** A verdict of a provider that did not say how long to wait. */
    public static Verdict of(Refusal refusal, String code, String message) {
        return new Verdict(refusal, code, message, null);
    }

    /** A failed read, as its fault tells it. */
    public static Verdict of(ProviderFault fault) {
        return new Verdict(fault.refusal(), fault.operation(), String.valueOf(fault.getMessage()), fault.retryAfter());
    }

    /** For a launch: doubt is {@code Unknown}, everything else made nothing. */
    public LaunchOutcome ofLaunch(LaunchToken token) {
        return refusal == Refusal.AMBIGUOUS
                ? new LaunchOutcome.Unknown(token, words())
                : new LaunchOutcome.Declined(refusal, code, message, retryAfter);
    }

    /** For an order to end a machine: one that does not exist is ended. */
    public TerminateOutcome ofTerminate() {
        return refusal == Refusal.GONE
                ? new TerminateOutcome.Accepted()
                : new TerminateOutcome.NotYet(refusal, words());
    }

    /**
     * For a read: doubt changes nothing at the far side, so that it is a passing fault.
     *
     * @param provider whose
     * @param operation what was being read
     * @param cause what was thrown, if it is sure to carry no secret; else null
     */
    public ProviderFault ofRead(String provider, String operation, @Nullable Throwable cause) {
        return new ProviderFault(provider, operation, readRefusal(), words(), retryAfter, cause);
    }

    /** For a question asked before an order: whatever came of it, no order was sent. */
    public LaunchOutcome beforeLaunch() {
        return new LaunchOutcome.Declined(readRefusal(), code, message, retryAfter);
    }

    private Refusal readRefusal() {
        return refusal == Refusal.AMBIGUOUS ? Refusal.TRANSIENT : refusal;
    }

    private String words() {
        return message.isEmpty() ? code : code + ": " + message;
    }
}
