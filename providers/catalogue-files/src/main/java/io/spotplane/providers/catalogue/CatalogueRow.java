package io.spotplane.providers.catalogue;

import java.util.function.Function;

/**
 * One row as it is written; a column that the list lacks is empty.
 *
 * @param type {@code InstanceType}
 * @param accelerator {@code AcceleratorName}
 * @param acceleratorCount {@code AcceleratorCount}
 * @param vcpus {@code vCPUs}
 * @param memoryGiB {@code MemoryGiB}
 * @param gpuInfo {@code GpuInfo}
 * @param price {@code Price}: on demand
 * @param spotPrice {@code SpotPrice}
 * @param region {@code Region}
 * @param zone {@code AvailabilityZone}
 */
record CatalogueRow(
        String type,
        String accelerator,
        String acceleratorCount,
        String vcpus,
        String memoryGiB,
        String gpuInfo,
        String price,
        String spotPrice,
        String region,
        String zone) {

    static CatalogueRow of(Function<String, String> column) {
        return new CatalogueRow(
                column.apply("InstanceType"),
                column.apply("AcceleratorName"),
                column.apply("AcceleratorCount"),
                column.apply("vCPUs"),
                column.apply("MemoryGiB"),
                column.apply("GpuInfo"),
                column.apply("Price"),
                column.apply("SpotPrice"),
                column.apply("Region"),
                column.apply("AvailabilityZone"));
    }

    /** For people, in messages. */
    String shown() {
        var what = type.isEmpty() ? accelerator + " x" + acceleratorCount : type;
        return what + " in " + (zone.isEmpty() ? region : zone);
    }
}
