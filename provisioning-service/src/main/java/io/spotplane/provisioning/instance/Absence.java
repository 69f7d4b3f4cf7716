package io.spotplane.provisioning.instance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when complete, trusted lists have lacked a machine (or shown it ended), without one in between that showed it alive. Lists that
 * are far apart prove nothing together: two bad ones around an outage of the provider's list must not end a life.
 *
 * @param since when the first of those lists was begun; null while the machine is not missing
 * @param latest when a late one of them was begun (not each is remembered); null while the machine is not missing
 */
public record Absence(@Nullable Instant since, @Nullable Instant latest) {

    /** Not missing. */
    public static final Absence NONE = new Absence(null, null);

    private static final Duration LEAST_GAP = Duration.ofSeconds(30);
    private static final int REMEMBERED_PER_GAP = 4;

    /** One more list, begun at {@code asOf}, lacks it. */
    public Absence lackedAt(Instant asOf, Duration window) {
        if (since == null || latest == null || tooFarApart(latest, asOf, window)) {
            return new Absence(asOf, asOf);
        }
        var remembered = latest.plus(gap(window).dividedBy(REMEMBERED_PER_GAP));
        return asOf.isBefore(remembered) ? this : new Absence(since, asOf);
    }

    /**
     * Whether a list begun at {@code asOf} that lacks it too is the proof: {@code window} after the first, and not too far from the one
     * before.
     */
    public boolean provedBy(Instant asOf, Duration window) {
        return since != null
                && latest != null
                && !asOf.isBefore(since.plus(window))
                && !tooFarApart(latest, asOf, window);
    }

    private static boolean tooFarApart(Instant earlier, Instant later, Duration window) {
        return later.isAfter(earlier.plus(gap(window)));
    }

    private static Duration gap(Duration window) {
        return window.compareTo(LEAST_GAP) > 0 ? window : LEAST_GAP;
    }
}
