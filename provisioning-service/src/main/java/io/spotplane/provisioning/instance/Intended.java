package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The launch is written down. Without {@link Doubt} nothing was ever sent, and the intent can be dropped freely; with it a machine may
 * exist, and only an answer or lists can tell.
 *
 * @param attempts how often the order was sent
 * @param dueAt when to send (again)
 * @param doubt an order that went out without a known answer; null when there is none
 * @param note the latest obstacle for people; null when there was none
 */
public record Intended(
        int attempts,
        Instant dueAt,
        @Nullable Doubt doubt,
        @Nullable String note) implements InstanceState {

    /** Never sent, due at once. */
    public static Intended at(Instant now) {
        return new Intended(0, now, null, null);
    }

    /**
     * The order is about to be sent. Committed before the call, so that a crash leaves a doubt and not a secret.
     *
     * @param patience how long the call may take; the order is not sent again before
     */
    public Intended sending(Instant now, Duration patience) {
        return new Intended(
                attempts + 1, now.plus(patience), doubt == null ? Doubt.firstSent(now) : doubt.sentAgain(now), note);
    }

    /** The provider named a machine: by its answer, or in a list that shows our token. */
    public Launching accepted(ProviderInstanceId machine, Instant orderedAt) {
        return new Launching(machine, orderedAt, false, Absence.NONE);
    }

    /**
     * The provider said no for now, and this order made nothing.
     *
     * @param earlier what was in doubt before this order; a refusal now does not settle it
     */
    public Intended heldBack(@Nullable Doubt earlier, Instant retryAt, String why) {
        return new Intended(attempts, retryAt, earlier, why);
    }

    /** No answer was read. */
    public Intended unanswered(Instant retryAt, String why) {
        return new Intended(attempts, retryAt, requireDoubt(), why);
    }

    /** The provider refused for good, which settles every earlier order with this token too. */
    public Failed refused(String reason, String why) {
        return Failed.because(reason, why);
    }

    /** Lists prove that no machine was made. */
    public Failed neverMade(String why) {
        requireDoubt();
        return Failed.because(Reason.NEVER_MADE.name(), why);
    }

    /** Nobody wants it any longer, and nothing was ever sent. */
    public Failed withdrawn(Reason reason, String why) {
        if (doubt != null) {
            throw new IllegalStateException("an order is in doubt since " + doubt.firstSentAt() + ", expected none");
        }
        return Failed.because(reason.name(), why);
    }

    /** The same with other knowledge of the token's absence from lists. */
    public Intended with(Absence absence) {
        return new Intended(attempts, dueAt, requireDoubt().with(absence), note);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.INTENDED;
    }

    @Override
    public String message() {
        if (note != null) {
            return note;
        }
        return doubt == null ? "The launch is written down" : "The order is on its way";
    }

    private Doubt requireDoubt() {
        if (doubt == null) {
            throw new IllegalStateException("no order was sent, expected one in doubt");
        }
        return doubt;
    }
}
