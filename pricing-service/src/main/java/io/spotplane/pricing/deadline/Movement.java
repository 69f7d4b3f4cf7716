package io.spotplane.pricing.deadline;

/** Whether the work may move between pools. */
public enum Movement {
    /** A new start may take place in any of the pools: its state is where all of them can read it. */
    FREE,
    /** It stays in one pool, the cheapest in expectation: its state is on a disk there. */
    ONE_POOL
}
