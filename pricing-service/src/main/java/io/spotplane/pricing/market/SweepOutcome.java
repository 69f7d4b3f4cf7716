package io.spotplane.pricing.market;

import java.util.Locale;

/** How a round of a market ended; the {@code outcome} tag of its timer. */
enum SweepOutcome {
    BELIEVED,
    /** Less than half of what was for sale: not believed. */
    SHORT,
    /** The provider did not answer within the market's time-out. */
    TIMEOUT,
    /** The provider, the database or we failed. */
    FAILED,
    /** Another replica took over in mid-round. */
    LEASE_LOST;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
