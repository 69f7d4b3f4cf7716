package io.spotplane.inventory.merged;

import static java.util.stream.Collectors.toMap;

import io.spotplane.contracts.event.AggregateObserved;
import io.spotplane.contracts.event.HostObserved;
import io.spotplane.inventory.InventorySettings.GpusPerHost;
import io.spotplane.inventory.merged.StockRule.Evidence;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.inventory.snapshot.Source.Kind;
import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges snapshots. Rules: a host exists when its cloud's hypervisors say so; the catalogue joins by name, case aside; the GPU model is what the
 * catalogue says, else what the servers' flavors carry, else what an aggregate is named for.
 */
public final class Merge {

    private final SourceStates sources;
    private final GpusPerHost gpusPerHost;
    private final Map<String, CatalogHost> devices;

    private Merge(SourceStates sources, GpusPerHost gpusPerHost) {
        this.sources = sources;
        this.gpusPerHost = gpusPerHost;
        this.devices = devices(sources);
    }

    /** The view that {@code sources} give together. */
    public static InventoryView of(SourceStates sources, GpusPerHost gpusPerHost, Instant at) {
        var merge = new Merge(sources, gpusPerHost);
        return new InventoryView(merge.hosts(), merge.aggregates(), sources, at);
    }

    private List<Host> hosts() {
        return sources.providersOf(Kind.HYPERVISORS)
                .flatMap(this::hostsOf)
                .sorted(Comparator.comparing(host -> host.observed().hostId()))
                .toList();
    }

    private List<Aggregate> aggregates() {
        return sources.providersOf(Kind.AGGREGATES)
                .flatMap(this::aggregatesOf)
                .sorted(Comparator.comparing(aggregate -> aggregate.observed().aggregateId()))
                .toList();
    }

    private Stream<Host> hostsOf(String cloud) {
        var memberships = memberships(cloud);
        var aggregatesKnown = sources.snapshot(Source.aggregatesOf(cloud)).isPresent();
        var use = use(cloud);
        return sources.snapshot(Source.hypervisorsOf(cloud)).stream()
                .flatMap(hypervisors -> byHost(hypervisors)
                        .map(hypervisor -> merge(new Pieces(
                                cloud,
                                hypervisor,
                                memberships.getOrDefault(hypervisor.host(), List.of()),
                                aggregatesKnown,
                                use.get(hypervisor.host()),
                                devices.get(key(hypervisor.host())),
                                hypervisors.asOf()))));
    }

    /** One hypervisor for each host; a host with several (bare metal) counts once. */
    private static Stream<Hypervisor> byHost(Snapshot<Hypervisor> hypervisors) {
        return hypervisors.items().stream()
                .collect(toMap(Hypervisor::host, Function.identity(), (first, next) -> first))
                .values()
                .stream();
    }

    private Stream<Aggregate> aggregatesOf(String cloud) {
        return sources.snapshot(Source.aggregatesOf(cloud)).stream()
                .flatMap(snapshot -> snapshot.items().stream().map(item -> aggregate(cloud, item, snapshot.asOf())));
    }

    private static Aggregate aggregate(String cloud, HostAggregate item, Instant asOf) {
        var name = AggregateName.read(item.name(), item.metadata());
        var hosts = item.hosts().stream().map(host -> id(cloud, host)).sorted().toList();
        return new Aggregate(
                new AggregateObserved(
                        id(cloud, item.id()),
                        cloud,
                        item.name(),
                        name.gpuModel(),
                        name.pool().name(),
                        hosts,
                        asOf),
                name.pool());
    }

    private Map<String, List<Aggregate>> memberships(String cloud) {
        return aggregatesOf(cloud)
                .flatMap(aggregate -> aggregate.observed().hosts().stream().map(host -> Map.entry(host, aggregate)))
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().substring(cloud.length() + 1),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private Map<String, GpuUse> use(String cloud) {
        return sources.snapshot(Source.gpuUseOf(cloud)).map(Snapshot::items).orElse(List.of()).stream()
                .collect(toMap(GpuUse::host, Function.identity(), (first, next) -> next));
    }

    private static Map<String, CatalogHost> devices(SourceStates sources) {
        return sources.providersOf(Kind.DEVICES)
                .flatMap(catalog -> sources.snapshot(Source.devicesOf(catalog)).stream())
                .flatMap(snapshot -> snapshot.items().stream())
                .collect(toMap(device -> key(device.name()), Function.identity(), (first, next) -> first));
    }

    private Host merge(Pieces pieces) {
        var evidence = new Evidence(pieces.hypervisor(), pieces.device(), pieces.pools());
        var outOfStock = StockRule.outOfStock(evidence);
        return new Host(
                observed(pieces),
                outOfStock.isPresent() ? Pool.OUT_OF_STOCK : StockRule.poolOf(evidence),
                outOfStock.map(rule -> rule.name().toLowerCase(Locale.ROOT)).orElse(null),
                pieces.use() == null ? null : pieces.use().seenAt());
    }

    private HostObserved observed(Pieces pieces) {
        var model = pieces.gpuModel();
        var used = pieces.use() == null ? 0 : pieces.use().gpus();
        var device = Optional.ofNullable(pieces.device());
        return new HostObserved(
                id(pieces.cloud(), pieces.hypervisor().host()),
                pieces.cloud(),
                pieces.hypervisor().host(),
                model,
                model == null ? used : Math.max(used, gpusPerHost.of(model)),
                used,
                pieces.aggregateIds(),
                pieces.hypervisor().state(),
                pieces.hypervisor().status(),
                pieces.servers(),
                device.map(CatalogHost::site).orElse(null),
                device.map(CatalogHost::rack).orElse(null),
                device.map(CatalogHost::owner).orElse(null),
                device.map(CatalogHost::nvlink).orElse(null),
                pieces.asOf());
    }

    private static String id(String cloud, String name) {
        return cloud + ":" + name;
    }

    private static String key(String hostName) {
        return hostName.toLowerCase(Locale.ROOT);
    }

    /** What each source says of one host. */
    private record Pieces(
            String cloud,
            Hypervisor hypervisor,
            List<Aggregate> aggregates,
            boolean aggregatesKnown,
            @Nullable GpuUse use,
            @Nullable CatalogHost device,
            Instant asOf) {

        Set<Pool> pools() {
            return aggregatesKnown
                    ? aggregates.stream().map(Aggregate::pool).collect(Collectors.toSet())
                    : Set.of(Pool.OTHER);
        }

        List<String> aggregateIds() {
            return aggregates.stream()
                    .map(aggregate -> aggregate.observed().aggregateId())
                    .sorted()
                    .toList();
        }

        @Nullable
        String gpuModel() {
            var ofAggregates =
                    aggregates.stream().map(aggregate -> aggregate.observed().gpuModel());
            return Stream.concat(Stream.of(deviceModel(), usedModel()).filter(Objects::nonNull), ofAggregates)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        int servers() {
            return use == null ? Math.max(0, hypervisor.runningServers()) : use.servers();
        }

        private @Nullable String deviceModel() {
            return device == null ? null : device.gpuModel();
        }

        private @Nullable String usedModel() {
            return use == null ? null : use.gpuModel();
        }
    }
}
