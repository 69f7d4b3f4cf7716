package io.spotplane.providers.support;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.TerminateOutcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a call counts: for the breaker (is the far side sick?) and for the measure (a bounded word). */
final class CallOutcome {

    private static final String OK = "ok";
    private static final String NOT_SENT = "not_sent";
    private static final String FAULT = "fault";
    static final String CANCELLED = "cancelled";

    private CallOutcome() {}

    /**
     * Whether an answer speaks against the far side's health. "No capacity", a price too low, a full quota and a wrong order are answers of a
     * healthy provider; so is throttling, which carries its own instruction when to come back.
     */
    static boolean isSick(Object answer) {
        return switch (answer) {
            case LaunchOutcome.Declined declined -> isSick(declined.refusal());
            case LaunchOutcome.Unknown _ -> true;
            case TerminateOutcome.NotYet notYet -> isSick(notYet.refusal());
            default -> false;
        };
    }

    /** Whether a failure speaks against the far side's health; what no adapter has classified does. */
    static boolean isSick(Throwable failure) {
        return !(failure instanceof ProviderFault fault) || isSick(fault.refusal());
    }

    private static boolean isSick(Refusal refusal) {
        return switch (refusal) {
            case TRANSIENT, AUTH, AMBIGUOUS -> true;
            case NO_CAPACITY, PRICE_TOO_LOW, INSUFFICIENT_FUNDS, QUOTA, THROTTLED, INVALID, GONE -> false;
        };
    }

    /** The word for an answer; null is the answer of a call that has none to give. */
    static String of(@Nullable Object answer) {
        return switch (answer) {
            case LaunchOutcome.Declined declined -> word(declined.refusal());
            case LaunchOutcome.Unknown _ -> word(Refusal.AMBIGUOUS);
            case TerminateOutcome.NotYet notYet -> word(notYet.refusal());
            case null, default -> OK;
        };
    }

    /** The word for a failure. */
    static String of(Throwable failure) {
        return switch (failure) {
            case NotSent _ -> NOT_SENT;
            case ProviderFault fault -> word(fault.refusal());
            default -> FAULT;
        };
    }

    private static String word(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT);
    }
}
