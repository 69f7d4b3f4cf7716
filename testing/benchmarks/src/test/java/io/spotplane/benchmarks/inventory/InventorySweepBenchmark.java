package io.spotplane.benchmarks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.benchmarks.inventory.Sweep.Seen;
import io.spotplane.providers.netbox.NetBoxCatalog;
import io.spotplane.providers.netbox.NetBoxSettings;
import io.spotplane.providers.openstack.OpenStackInventory;
import io.spotplane.providers.openstack.OpenStackSettings;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Latency;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.datacentre.DataCentre;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * One data centre of 120 hosts, answer times as of a busy Nova (median 150 ms, 99 % within 600 ms) and NetBox (400 ms, 1 s), three ways to see it. Each
 * way knows the hosts' names beforehand, uses the same adapters, and is warmed up. The fast ones take turns, so that noise of the machine hits both.
 */
class InventorySweepBenchmark {

    private static final int HOSTS = 120;
    private static final int ROUNDS = 5;
    private static final Latency NOVA = new Latency(Duration.ofMillis(150), Duration.ofMillis(600));
    private static final Latency NETBOX = new Latency(Duration.ofMillis(400), Duration.ofSeconds(1));

    @Test
    void compare() throws IOException {
        try (var simulator =
                ProviderSimulator.start(SimulatorSettings.defaults().withHosts(HOSTS))) {
            simulator.slow(Provider.OPENSTACK, "*", NOVA);
            simulator.slow(Provider.NETBOX, "*", NETBOX);
            publish(measure(simulator));
        }
    }

    private static List<Result> measure(ProviderSimulator simulator) {
        var hosts = simulator.dataCentre().hosts().stream()
                .map(DataCentre.Host::name)
                .toList();
        var pools = new ThreadPools(cloud(simulator), cloud(simulator), catalog(simulator), hosts);
        var ours = new OurAgents(cloud(simulator), catalog(simulator));
        var serial = new SerialLoop(cloud(simulator), catalog(simulator), hosts);
        var expected = List.of(ours.run(), pools.run());
        assertThat(expected).containsOnly(inTruth(simulator));

        var oursTook = new ArrayList<Duration>();
        var poolsTook = new ArrayList<Duration>();
        IntStream.range(0, ROUNDS).forEach(round -> {
            oursTook.add(timed(ours, simulator).took());
            poolsTook.add(timed(pools, simulator).took());
        });
        var serialRun = timed(serial, simulator);
        return List.of(
                serialRun,
                new Result(
                        pools.name(), median(poolsTook), timed(pools, simulator).calls()),
                new Result(ours.name(), median(oursTook), timed(ours, simulator).calls()));
    }

    private static Result timed(Sweep sweep, ProviderSimulator simulator) {
        simulator.calls().clear();
        var begun = System.nanoTime();
        var seen = sweep.run();
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(seen).isEqualTo(inTruth(simulator));
        return new Result(
                sweep.name(),
                took,
                simulator.calls().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    private static Seen inTruth(ProviderSimulator simulator) {
        var servers = simulator.dataCentre().hosts().stream()
                .flatMap(host -> host.servers().stream())
                .toList();
        return new Seen(
                HOSTS,
                servers.size(),
                servers.stream().mapToInt(DataCentre.Server::gpus).sum(),
                HOSTS);
    }

    private static void publish(List<Result> results) throws IOException {
        var serial = results.getFirst().took();
        var table = new StringBuilder("""
                | 120 hosts, Nova 150/600 ms, NetBox 400/1000 ms (median/p99) | time | remote calls | hosts/s | against serial |
                | --- | ---: | ---: | ---: | ---: |
                """);
        results.forEach(result -> table.append(result.row(serial)));
        Files.writeString(Path.of("target", "inventory-sweep.md"), table);
        System.out.println(table);
    }

    private static Duration median(List<Duration> took) {
        return took.stream().sorted().toList().get(took.size() / 2);
    }

    /** What one way took. */
    private record Result(String name, Duration took, long calls) {

        String row(Duration serial) {
            return "| %s | %.2f s | %d | %.0f | %.1fx |%n"
                    .formatted(name, seconds(took), calls, HOSTS / seconds(took), seconds(serial) / seconds(took));
        }

        private static double seconds(Duration duration) {
            return duration.toNanos() / 1e9;
        }
    }

    private static HostInventory cloud(ProviderSimulator simulator) {
        var settings = new OpenStackSettings(
                URI.create(simulator.baseUri() + "/keystone/v3"),
                "ca1",
                "svc",
                Secret.of("of-the-simulator"),
                "Default",
                "admin",
                "Default",
                null,
                null,
                null,
                "public",
                Duration.ofSeconds(10),
                64,
                1000);
        return OpenStackInventory.of(settings, http(), CallGuards.unmeasured(), InstantSource.system());
    }

    private static HostCatalog catalog(ProviderSimulator simulator) {
        var settings = new NetBoxSettings(
                URI.create(simulator.baseUri() + "/netbox/api"),
                Secret.of("0123456789abcdef0123456789abcdef01234567"),
                "netbox",
                "gpu servers",
                Duration.ofSeconds(20),
                1000);
        return NetBoxCatalog.of(settings, http(), CallGuards.unmeasured(), InstantSource.system());
    }

    private static ProviderHttp http() {
        return new ProviderHttp(WebClient.builder());
    }
}
