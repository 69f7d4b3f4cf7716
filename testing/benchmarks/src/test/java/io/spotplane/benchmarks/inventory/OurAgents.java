package io.spotplane.benchmarks.inventory;

import io.spotplane.inventory.InventorySettings;
import io.spotplane.inventory.InventorySettings.FanOut;
import io.spotplane.inventory.InventorySettings.GpusPerHost;
import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.collect.Agents;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostInventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A round of the service's own agents with its default concurrency; leases, Redis and the run log are left out, here and in the others. */
final class OurAgents implements Sweep {

    private static final Schedule SCHEDULE = new Schedule(Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final FanOut FAN_OUT =
            new FanOut(Duration.ofSeconds(15), Duration.ofSeconds(60), 50, Duration.ofSeconds(10));
    private static final InventorySettings SETTINGS =
            new InventorySettings(SCHEDULE, SCHEDULE, FAN_OUT, SCHEDULE, SCHEDULE, new GpusPerHost(8, Map.of()));

    private final InMemory snapshots = new InMemory();
    private final String cloud;
    private final String catalog;
    private final List<Agent<?>> agents;

    OurAgents(HostInventory cloud, HostCatalog catalog) {
        this.cloud = cloud.provider();
        this.catalog = catalog.provider();
        this.agents = Agents.of(List.of(cloud), List.of(catalog), SETTINGS, snapshots, Schedulers.parallel());
    }

    @Override
    public String name() {
        return "our agents (fan-out 50, no thread waits)";
    }

    @Override
    public Seen run() {
        Flux.fromIterable(agents)
                .filter(agent -> agent.wokenBy().isEmpty())
                .flatMap(this::look)
                .then(Mono.defer(this::derive))
                .block();
        var use = snapshots.of(Source.gpuUseOf(cloud));
        return new Seen(
                use.size(),
                use.stream().mapToInt(GpuUse::servers).sum(),
                use.stream().mapToInt(GpuUse::gpus).sum(),
                snapshots.of(Source.devicesOf(catalog)).size());
    }

    private Mono<Void> derive() {
        return Flux.fromIterable(agents)
                .filter(agent -> agent.wokenBy().isPresent())
                .concatMap(this::look)
                .then();
    }

    private <T> Mono<Boolean> look(Agent<T> agent) {
        return agent.look(new Calls(Schedulers.parallel()))
                .map(found -> new Snapshot<>(agent.source(), Instant.now(), 1, found.items(), found.unreachable()))
                .flatMap(snapshots::keep);
    }

    private static final class InMemory implements Snapshots {

        private final Map<Source<?>, Snapshot<?>> kept = new ConcurrentHashMap<>();

        @Override
        @SuppressWarnings("unchecked")
        public <T> Mono<Snapshot<T>> latest(Source<T> source) {
            return Mono.justOrEmpty((Snapshot<T>) kept.get(source));
        }

        @Override
        public Mono<Boolean> keep(Snapshot<?> snapshot) {
            return Mono.fromSupplier(() -> {
                kept.put(snapshot.source(), snapshot);
                return true;
            });
        }

        <T> List<T> of(Source<T> source) {
            return latest(source).blockOptional().orElseThrow().items();
        }
    }
}
