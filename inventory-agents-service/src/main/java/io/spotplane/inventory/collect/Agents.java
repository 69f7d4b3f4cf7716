package io.spotplane.inventory.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.inventory.InventorySettings;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.AgentRunner;
import io.spotplane.inventory.agent.RunLog;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostInventory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The agents of every cloud and catalogue that the settings switch on. */
@Configuration(proxyBeanMethods = false)
public class Agents {

    /** All agents of these clouds and catalogues, cloud by cloud. */
    public static List<Agent<?>> of(
            List<HostInventory> clouds,
            List<HostCatalog> catalogs,
            InventorySettings settings,
            Snapshots snapshots,
            Scheduler clock) {
        var ofClouds = clouds.stream().flatMap(cloud -> ofCloud(cloud, settings, snapshots, clock));
        var ofCatalogs = catalogs.stream().map(catalog -> new DevicesAgent(catalog, settings.devices()));
        return Stream.<Agent<?>>concat(ofClouds, ofCatalogs).toList();
    }

    @Bean
    Scheduler clock() {
        return Schedulers.parallel();
    }

    @Bean
    AgentRunner agentRunner(
            ObjectProvider<HostInventory> clouds,
            ObjectProvider<HostCatalog> catalogs,
            InventorySettings settings,
            AgentRunner.Stores stores,
            Scheduler clock) {
        var agents = of(
                clouds.orderedStream().toList(),
                catalogs.orderedStream().toList(),
                settings,
                stores.snapshots(),
                clock);
        return new AgentRunner(agents, stores, clock, RandomGenerator.getDefault());
    }

    @Bean
    AgentRunner.Stores stores(Leases leases, Snapshots snapshots, RunLog runs, MeterRegistry meters) {
        return new AgentRunner.Stores(leases, snapshots, runs, meters);
    }

    private static Stream<Agent<?>> ofCloud(
            HostInventory cloud, InventorySettings settings, Snapshots snapshots, Scheduler clock) {
        return Stream.of(
                new AggregatesAgent(cloud, settings.aggregates()),
                new HypervisorsAgent(cloud, settings.hypervisors()),
                new ServersAgent(cloud, settings.servers(), snapshots, clock),
                new GpuUseAgent(cloud.provider(), settings.gpuUse(), snapshots));
    }
}
