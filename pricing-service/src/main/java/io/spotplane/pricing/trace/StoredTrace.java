package io.spotplane.pricing.trace;

import java.time.Instant;
import java.util.UUID;

/**
 * A trace that is kept.
 *
 * @param id its id
 * @param name whose trace it is
 * @param runs its samples
 * @param createdAt when it was brought
 */
public record StoredTrace(UUID id, String name, RunLengths runs, Instant createdAt) {

    /** Sample by sample. */
    public AvailabilityTrace trace() {
        return runs.trace(name);
    }
}
