package io.spotplane.benchmarks.inventory;

import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import java.util.List;

/** One call after the other, as before there were agents. Every host is asked twice: for its servers and for its GPUs. */
record SerialLoop(HostInventory cloud, HostCatalog catalog, List<String> hosts) implements Sweep {

    @Override
    public String name() {
        return "serial loop";
    }

    @Override
    public Seen run() {
        cloud.aggregates().block();
        cloud.hypervisors().block();
        var devices = catalog.hosts().block().size();
        var servers = hosts.stream().mapToInt(host -> serversOn(host).size()).sum();
        var gpus = hosts.stream()
                .flatMap(host -> serversOn(host).stream())
                .mapToInt(HostedServer::gpuCount)
                .sum();
        return new Seen(hosts.size(), servers, gpus, devices);
    }

    private List<HostedServer> serversOn(String host) {
        return cloud.serversOn(host).collectList().block();
    }
}
