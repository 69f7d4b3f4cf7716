package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;

/**
 * Its provider took it, or it ended without us.
 *
 * @param machine the provider's name for it
 * @param reason stable code of the cause
 * @param message the same for people
 * @param remains what is left of it (RunPod keeps the stopped pod of a reclaim)
 */
public record Lost(ProviderInstanceId machine, String reason, String message, Remains remains) implements Closed {

    @Override
    public Lost with(Remains left) {
        return new Lost(machine, reason, message, left);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.LOST;
    }
}
