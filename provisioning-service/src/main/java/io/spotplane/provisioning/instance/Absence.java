package io.spotplane.provisioning.instance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when complete, trusted lists have lacked a machine (or shown it ended), without one in between that showed it alive.
 *
 * @param since when the first of those lists was begun; null while the machine is not missing
 */
public record Absence(@Nullable Instant since) {

    /** Not missing. */
    public static final Absence NONE = new Absence(null);

    /** One more list, begun at {@code asOf}, lacks it. */
    public Absence lackedAt(Instant asOf) {
        return since == null ? new Absence(asOf) : this;
    }

    /** Whether a list begun at {@code asOf} that lacks it too is the proof: a second list, {@code window} after the first. */
    public boolean provedBy(Instant asOf, Duration window) {
        return since != null && !asOf.isBefore(since.plus(window));
    }
}
