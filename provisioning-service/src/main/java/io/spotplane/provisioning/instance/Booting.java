package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;

/**
 * A list showed it running; the provider has not yet proved that it can be reached.
 *
 * @param machine the provider's name for it
 * @param seenRunningAt begin of the list that showed it first
 * @param absence since when lists have lacked it
 */
public record Booting(ProviderInstanceId machine, Instant seenRunningAt, Absence absence) implements Usable {

    /** The provider proved that it can be reached (EC2: both status checks; RunPod: direct SSH). */
    public Ready reachable(Instant at) {
        return new Ready(machine, at, Absence.NONE);
    }

    @Override
    public Booting with(Absence found) {
        return new Booting(machine, seenRunningAt, found);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.BOOTING;
    }

    @Override
    public String message() {
        return "The machine runs; the provider has not proved it reachable yet";
    }
}
