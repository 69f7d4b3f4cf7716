package io.spotplane.inventory.snapshot;

import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import io.spotplane.providers.spi.HostInventory.Hypervisor;

/**
 * One kind of thing of one provider; also the name of the agent that looks at it and of its snapshot.
 *
 * @param provider the cloud's or catalogue's name in the settings, such as {@code ca1}
 * @param kind what is looked at
 * @param itemType the record of one item
 */
public record Source<T>(String provider, Kind kind, Class<T> itemType) {

    /** What is looked at. */
    public enum Kind {
        AGGREGATES("aggregates"),
        HYPERVISORS("hypervisors"),
        SERVERS("servers"),
        GPU_USE("gpu-use"),
        DEVICES("devices");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** As in names and metric tags. */
        public String wireName() {
            return wireName;
        }
    }

    /** The aggregates of {@code cloud}. */
    public static Source<HostAggregate> aggregatesOf(String cloud) {
        return new Source<>(cloud, Kind.AGGREGATES, HostAggregate.class);
    }

    /** The hypervisors of {@code cloud}. */
    public static Source<Hypervisor> hypervisorsOf(String cloud) {
        return new Source<>(cloud, Kind.HYPERVISORS, Hypervisor.class);
    }

    /** The servers of {@code cloud}, host by host. */
    public static Source<HostServers> serversOf(String cloud) {
        return new Source<>(cloud, Kind.SERVERS, HostServers.class);
    }

    /** The GPUs in use in {@code cloud}, host by host. */
    public static Source<GpuUse> gpuUseOf(String cloud) {
        return new Source<>(cloud, Kind.GPU_USE, GpuUse.class);
    }

    /** The devices of {@code catalog}. */
    public static Source<CatalogHost> devicesOf(String catalog) {
        return new Source<>(catalog, Kind.DEVICES, CatalogHost.class);
    }

    /** Such as {@code ca1.hypervisors}; bounded by the settings, so it may be a metric tag. */
    public String name() {
        return provider + "." + kind.wireName();
    }

    @Override
    public String toString() {
        return name();
    }
}
