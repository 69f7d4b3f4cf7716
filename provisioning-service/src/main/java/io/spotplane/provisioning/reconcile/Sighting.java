package io.spotplane.provisioning.reconcile;

import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A complete list of one account that is believed.
 *
 * @param provider whose list
 * @param asOf when it was begun
 * @param window how long lists may lag behind
 * @param machines what it shows, by the provider's id
 */
record Sighting(String provider, Instant asOf, Duration window, Map<String, ObservedInstance> machines) {

    static Sighting of(String provider, InstanceListing listing, Duration window) {
        var machines = new HashMap<String, ObservedInstance>();
        listing.instances().forEach(machine -> machines.put(machine.id().value(), machine));
        return new Sighting(provider, listing.asOf(), window, machines);
    }

    Optional<ObservedInstance> find(ProviderInstanceId id) {
        return Optional.ofNullable(machines.get(id.value()));
    }

    /** The machine with this token; should there be several, always the same one of them. */
    Optional<ObservedInstance> find(LaunchToken token) {
        return machines.values().stream()
                .filter(machine -> token.equals(machine.token()))
                .min(Comparator.comparing(machine -> machine.id().value()));
    }

    Set<String> ids() {
        return machines.keySet();
    }
}
