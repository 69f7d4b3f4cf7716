package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.Gpu;
import org.jspecify.annotations.Nullable;

/**
 * A machine as a list describes it.
 *
 * @param type the cloud's own name
 * @param region its region, as a name for ids
 * @param zone its zone, as a name for ids; null where the list names none
 * @param vcpu whole virtual CPUs, of which it has at least so many; 0 when the list does not say
 * @param memoryMiB memory; 0 when the list does not say
 * @param gpu its accelerators; null for none
 */
record ListedMachine(
        String type,
        String region,
        @Nullable String zone,
        int vcpu,
        long memoryMiB,
        @Nullable Gpu gpu) {

    ListedMachine with(Gpu added, String newType) {
        return new ListedMachine(newType, region, zone, vcpu, memoryMiB, added);
    }
}
