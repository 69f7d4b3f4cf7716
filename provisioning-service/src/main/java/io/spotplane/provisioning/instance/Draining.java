package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;

/**
 * Its end is known; it still runs so that work can leave it.
 *
 * @param machine the provider's name for it
 * @param reason stable code of why it ends
 * @param message the same for people
 * @param deadline when it goes at the latest
 * @param absence since when lists have lacked it
 */
public record Draining(ProviderInstanceId machine, String reason, String message, Instant deadline, Absence absence)
        implements Owned {

    /** It is no longer needed: its provider is asked to end it. */
    public Terminating terminate(Instant now) {
        return Terminating.because(machine, reason, message, now);
    }

    /** A notice says that it goes earlier; later ones change nothing. */
    public Draining noLaterThan(Instant end) {
        return end.isBefore(deadline) ? new Draining(machine, reason, message, end, absence) : this;
    }

    @Override
    public Draining with(Absence found) {
        return new Draining(machine, reason, message, deadline, found);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.DRAINING;
    }
}
