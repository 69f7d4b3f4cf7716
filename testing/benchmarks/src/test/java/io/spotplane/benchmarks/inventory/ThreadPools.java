package io.spotplane.benchmarks.inventory;

import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/**
 * The pattern of the operators' former tool ({@code parallel_agents.py}): five agents in a pool of their own — catalogue, aggregates, server counts, GPU
 * info, compute services — of which the two that ask every host have pools of 50 threads each; every thread blocks on its call.
 *
 * @param counting the client of the agent that counts servers; its own connections, so that the two do not wait for each other's
 * @param gpuInfo the client of the agent that counts GPUs
 */
record ThreadPools(HostInventory counting, HostInventory gpuInfo, HostCatalog catalog, List<String> hosts)
        implements Sweep {

    private static final int AGENTS = 5;
    private static final int THREADS_OF_AN_AGENT = 50;

    @Override
    public String name() {
        return "thread pools (5 agents, 2 x 50 threads)";
    }

    @Override
    public Seen run() {
        try (var agents = Executors.newFixedThreadPool(AGENTS)) {
            var devices = agents.submit(() -> catalog.hosts().block().size());
            var aggregates = agents.submit(() -> counting.aggregates().block().size());
            var services = agents.submit(() -> counting.hypervisors().block().size());
            var servers = agents.submit(() -> ofEveryHost(counting, server -> 1));
            var gpus = agents.submit(() -> ofEveryHost(gpuInfo, HostedServer::gpuCount));
            get(aggregates);
            get(services);
            return new Seen(hosts.size(), get(servers), get(gpus), get(devices));
        }
    }

    private int ofEveryHost(HostInventory cloud, ToIntFunction<HostedServer> count) {
        try (var threads = Executors.newFixedThreadPool(THREADS_OF_AN_AGENT)) {
            return hosts.stream()
                    .map(host -> threads.submit(() ->
                            serversOn(cloud, host).stream().mapToInt(count).sum()))
                    .toList()
                    .stream()
                    .mapToInt(ThreadPools::get)
                    .sum();
        }
    }

    private static List<HostedServer> serversOn(HostInventory cloud, String host) {
        return cloud.serversOn(host).collectList().block();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
