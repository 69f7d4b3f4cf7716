package io.spotplane.providers.spi;

import java.time.Instant;
import java.util.List;

/**
 * A complete list of the owned machines.
 *
 * @param instances each machine once
 * @param asOf when the first page was asked for: what was launched after this may be missing
 */
public record InstanceListing(List<ObservedInstance> instances, Instant asOf) {
    public InstanceListing {
        instances = List.copyOf(instances);
    }
}
