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
class Agents {

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
        var ofClouds = clouds.orderedStream().flatMap(cloud -> of(cloud, settings, stores.snapshots(), clock));
        var ofCatalogs = catalogs.orderedStream().map(catalog -> new DevicesAgent(catalog, settings.devices()));
        List<Agent<?>> all = Stream.<Agent<?>>concat(ofClouds, ofCatalogs).toList();
        return new AgentRunner(all, stores, clock, RandomGenerator.getDefault());
    }

    @Bean
    AgentRunner.Stores stores(Leases leases, Snapshots snapshots, RunLog runs, MeterRegistry meters) {
        return new AgentRunner.Stores(leases, snapshots, runs, meters);
    }

    private static Stream<Agent<?>> of(
            HostInventory cloud, InventorySettings settings, Snapshots snapshots, Scheduler clock) {
        return Stream.of(
                new AggregatesAgent(cloud, settings.aggregates()),
                new HypervisorsAgent(cloud, settings.hypervisors()),
                new ServersAgent(cloud, settings.servers(), snapshots, clock),
                new GpuUseAgent(cloud.provider(), settings.gpuUse(), snapshots));
    }
}
