package io.spotplane.inventory.collect;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.HostServers;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * GPUs in use on every host, from the flavors of its servers. The former tool asked every host a second time for this; the servers' snapshot
 * already has it, so there is no remote call. As old as the servers that it was derived from.
 */
record GpuUseAgent(String cloud, Schedule schedule, Snapshots snapshots) implements Agent<GpuUse> {

    @Override
    public Source<GpuUse> source() {
        return Source.gpuUseOf(cloud);
    }

    @Override
    public Optional<Source<?>> wokenBy() {
        return Optional.of(Source.serversOf(cloud));
    }

    @Override
    public Mono<Findings<GpuUse>> look(Calls calls) {
        return snapshots.latest(Source.serversOf(cloud)).map(GpuUseAgent::derive);
    }

    private static Findings<GpuUse> derive(Snapshot<HostServers> servers) {
        var use = servers.items().stream().map(GpuUseAgent::useOf).toList();
        return new Findings<>(use, use.size(), servers.unreachable(), servers.asOf());
    }

    private static GpuUse useOf(HostServers host) {
        var gpus = host.servers().stream().mapToInt(HostedServer::gpuCount).sum();
        return new GpuUse(host.host(), host.seenAt(), host.servers().size(), modelOn(host), gpus);
    }

    private static @Nullable String modelOn(HostServers host) {
        return host.servers().stream()
                .map(HostedServer::gpuModel)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
