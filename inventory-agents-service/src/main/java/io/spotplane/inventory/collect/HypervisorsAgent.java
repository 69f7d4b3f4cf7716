package io.spotplane.inventory.collect;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import reactor.core.publisher.Mono;

/** All hypervisors of a cloud. */
record HypervisorsAgent(HostInventory cloud, Schedule schedule) implements Agent<Hypervisor> {

    @Override
    public Source<Hypervisor> source() {
        return Source.hypervisorsOf(cloud.provider());
    }

    @Override
    public Mono<Findings<Hypervisor>> look(Calls calls) {
        return calls.time(cloud.hypervisors()).map(Findings::of);
    }
}
