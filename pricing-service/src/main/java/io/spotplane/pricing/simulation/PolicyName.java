package io.spotplane.pricing.simulation;

/** Policies that can be replayed. */
enum PolicyName {
    /** On demand from the first moment to the end. */
    ON_DEMAND,
    /** Spot whenever there is some, on demand when nothing else is left. */
    GREEDY,
    /** Uniform Progress, as its public simulator does it. */
    UNIFORM_PROGRESS,
    /** Ours: what {@code /v1/plans/deadline} would do after learning from the beginning of the trace. */
    EXACT,
    /** Knows the future: what nobody can beat. */
    CLAIRVOYANT
}
