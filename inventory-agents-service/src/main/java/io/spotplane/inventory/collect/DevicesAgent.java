package io.spotplane.inventory.collect;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import reactor.core.publisher.Mono;

/** All devices of a catalogue that can be GPU hosts. */
record DevicesAgent(HostCatalog catalog, Schedule schedule) implements Agent<CatalogHost> {

    @Override
    public Source<CatalogHost> source() {
        return Source.devicesOf(catalog.provider());
    }

    @Override
    public Mono<Findings<CatalogHost>> look(Calls calls) {
        return calls.time(catalog.hosts()).map(Findings::of);
    }
}
