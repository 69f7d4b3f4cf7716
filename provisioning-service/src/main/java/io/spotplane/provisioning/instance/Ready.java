package io.spotplane.provisioning.instance;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;

/**
 * It runs and can be reached.
 *
 * @param machine the provider's name for it
 * @param readyAt begin of the list that showed it reachable first
 * @param absence since when lists have lacked it
 */
public record Ready(ProviderInstanceId machine, Instant readyAt, Absence absence) implements Usable {

    @Override
    public Ready with(Absence found) {
        return new Ready(machine, readyAt, found);
    }

    @Override
    public InstancePhase phase() {
        return InstancePhase.READY;
    }

    @Override
    public String message() {
        return "The machine runs and can be reached";
    }
}
