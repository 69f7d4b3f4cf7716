package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;

/**
 * Ordered from the provider, not yet seen running. An accepted order is not yet a machine.
 *
 * @param machine the provider's name for it
 * @param orderedAt when the order was sent
 * @param seen whether any list has shown it
 * @param absence since when lists have lacked it
 */
public record Launching(ProviderInstanceId machine, Instant orderedAt, boolean seen, Absence absence)
        implements Usable {

    /** A list shows that it runs: the only way to {@link Booting}. */
    public Booting seenRunning(Instant at) {
        return new Booting(machine, at, Absence.NONE);
    }

    /** A list shows it, not yet running. */
    public Launching seenPending() {
        return new Launching(machine, orderedAt, true, Absence.NONE);
    }

    /** Accepted, and never seen: its end is asked for all the same. */
    public Failed neverSeen(String why, Instant now) {
        return new Failed(Reason.PROVIDER_SILENT_FAILURE.name(), why, Remains.of(machine, now));
    }

    @Override
    public Launching with(Absence found) {
        return new Launching(machine, orderedAt, seen, found);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.LAUNCHING;
    }

    @Override
    public String message() {
        return seen
                ? "The provider is starting the machine"
                : "The provider accepted the order; no machine was seen yet";
    }
}
