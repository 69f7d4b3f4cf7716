package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to hold from now on.
 *
 * @param action nothing, a spot machine, or a machine on demand
 * @param pool the pool of a spot machine
 * @param offeringId what to hold, where it is an offering of ours
 * @param price what it costs
 * @param starts whether that means a start
 * @param state how the work stands
 * @param timeLeft until the deadline
 * @param workLeft work still to do
 * @param slack what may still pass without progress
 * @param reason why, for people
 * @param askAgainBy ask again by then, and at once when a pool or the machine changes
 */
record Decision(
        Choice.Kind action,
        @Nullable String pool,
        @Nullable String offeringId,
        @Nullable HourlyPrice price,
        boolean starts,
        State state,
        Duration timeLeft,
        Duration workLeft,
        Duration slack,
        String reason,
        Instant askAgainBy) {

    /** How the work stands. */
    enum State {
        /** On demand can still finish in time, with room to spare. */
        ON_TRACK,
        /** Only on demand, from now to the end, is sure to finish in time. */
        LAST_CHANCE,
        /** Not even on demand is sure to finish in time; it is what comes closest. */
        LATE,
        /** Nothing is left to do. */
        DONE
    }
}
