package io.spotplane.provisioning.holding;

import java.time.Instant;

/**
 * One aspect of where a request stands.
 *
 * @param type which aspect
 * @param status whether it holds
 * @param reason stable code
 * @param message the same for people
 * @param lastTransitionTime when {@code status} changed last
 */
public record Condition(Type type, Status status, String reason, String message, Instant lastTransitionTime) {

    /** The aspects. The wire names are those of Kubernetes' conventions: capitalised words. */
    public enum Type {
        Accepted,
        Placed,
        Ready,
        WithinBudget,
        Deleted
    }

    /** Whether it holds. */
    public enum Status {
        True,
        False,
        Unknown;

        static Status of(boolean holds) {
            return holds ? True : False;
        }
    }
}
