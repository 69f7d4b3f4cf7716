package io.spotplane.pricing.deadline;

/**
 * Decides what to hold in the tick to come. Depends on nothing but the situation, so that a live decision, a replay and a repeated call agree.
 * A policy that is offered a feasible situation leaves a feasible one behind, whatever the pools do: see {@link Safety}.
 */
@FunctionalInterface
public interface Policy {

    /** What to hold; a spot machine only of a pool that is up, nothing once no work is left. */
    Choice choose(Situation situation);
}
