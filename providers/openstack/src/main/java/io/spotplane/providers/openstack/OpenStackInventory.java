package io.spotplane.providers.openstack;

import io.spotplane.providers.openstack.NovaWire.Aggregate;
import io.spotplane.providers.openstack.NovaWire.Aggregates;
import io.spotplane.providers.openstack.NovaWire.Hypervisors;
import io.spotplane.providers.openstack.NovaWire.Server;
import io.spotplane.providers.openstack.NovaWire.Servers;
import io.spotplane.providers.openstack.NovaWire.Service;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A cloud's hosts, by Nova. */
public final class OpenStackInventory implements HostInventory {

    private static final String UNKNOWN = "UNKNOWN";
    private static final NovaQuery AGGREGATES = NovaQuery.list("openstack.aggregates", "/os-aggregates");
    private static final NovaQuery HYPERVISORS = NovaQuery.list("openstack.hypervisors", "/os-hypervisors/detail");
    private static final NovaQuery SERVERS =
            NovaQuery.list("openstack.servers", "/servers/detail").with("all_tenants", "1");

    private final String source;
    private final Nova nova;

    private OpenStackInventory(String source, Nova nova) {
        this.source = source;
        this.nova = nova;
    }

    /** The cloud of these settings, also for programs without Spring. */
    public static HostInventory of(
            OpenStackSettings settings, ProviderHttp http, CallGuards guards, InstantSource clock) {
        var json = JsonMapper.builder().build();
        var faults = new OpenStackFaults(settings, json, clock);
        var client = http.client(settings.source(), settings.authUrl(), settings.callTimeout());
        var login = guards.of(settings.source(), "keystone", 1);
        var calls = guards.of(settings.source(), "nova", settings.concurrentCalls());
        var keystone = new Keystone(settings, client, json, faults, login, clock);
        return new OpenStackInventory(settings.source(), new Nova(settings, keystone, client, json, faults, calls));
    }

    @Override
    public String provider() {
        return source;
    }

    @Override
    public Mono<List<HostAggregate>> aggregates() {
        return nova.read(AGGREGATES, Aggregates.class)
                .map(answer -> Stream.ofNullable(answer.aggregates())
                        .flatMap(List::stream)
                        .map(OpenStackInventory::toAggregate)
                        .toList());
    }

    @Override
    public Mono<List<Hypervisor>> hypervisors() {
        return nova.list(HYPERVISORS, Hypervisors.class)
                .map(OpenStackInventory::toHypervisor)
                .collectList();
    }

    @Override
    public Flux<HostedServer> serversOn(String host) {
        return nova.list(SERVERS.with("host", host), Servers.class).map(server -> toServer(server, host));
    }

    private static HostAggregate toAggregate(Aggregate aggregate) {
        return new HostAggregate(
                aggregate.id(),
                aggregate.name(),
                aggregate.availabilityZone(),
                Optional.ofNullable(aggregate.hosts()).orElse(List.of()),
                Optional.ofNullable(aggregate.metadata()).orElse(Map.of()));
    }

    private static Hypervisor toHypervisor(NovaWire.Hypervisor hypervisor) {
        var service = Optional.ofNullable(hypervisor.service());
        return new Hypervisor(
                hypervisor.id(),
                service.map(Service::host).orElse(hypervisor.hostname()),
                Optional.ofNullable(hypervisor.state()).orElse(UNKNOWN),
                Optional.ofNullable(hypervisor.status()).orElse(UNKNOWN),
                service.map(Service::disabledReason).orElse(null),
                Optional.ofNullable(hypervisor.vcpus()).orElse(0),
                Optional.ofNullable(hypervisor.memoryMiB()).orElse(0L),
                Optional.ofNullable(hypervisor.runningServers()).orElse(-1));
    }

    /** A server in a down cell is kept, with what is left of it: it is still there and holds its GPUs, though nobody can say which. */
    private static HostedServer toServer(Server server, String host) {
        var gpus = FlavorGpus.of(server.flavor());
        return new HostedServer(
                server.id(),
                Optional.ofNullable(server.name()).orElse(server.id()),
                host,
                Optional.ofNullable(server.status()).orElse(UNKNOWN),
                Optional.ofNullable(server.projectId()).orElse(UNKNOWN),
                Optional.ofNullable(server.flavor()).map(NovaWire.Flavor::name).orElse(UNKNOWN),
                gpus.model(),
                gpus.count(),
                server.created());
    }
}
