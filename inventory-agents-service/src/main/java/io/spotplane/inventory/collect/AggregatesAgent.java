package io.spotplane.inventory.collect;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import reactor.core.publisher.Mono;

/** All host aggregates of a cloud. */
record AggregatesAgent(HostInventory cloud, Schedule schedule) implements Agent<HostAggregate> {

    @Override
    public Source<HostAggregate> source() {
        return Source.aggregatesOf(cloud.provider());
    }

    @Override
    public Mono<Findings<HostAggregate>> look(Calls calls) {
        return calls.time(cloud.aggregates()).map(Findings::of);
    }
}
