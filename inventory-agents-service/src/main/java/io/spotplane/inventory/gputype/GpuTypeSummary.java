package io.spotplane.inventory.gputype;

import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The hosts of one GPU type.
 *
 * @param gpuType canonical model
 * @param hosts how many hosts have it
 * @param gpusTotal GPUs built in
 * @param gpusUsed GPUs that servers hold
 * @param gpusFree GPUs that no server holds, whatever pool they are in
 * @param pools the same by pool; a host is in exactly one
 */
record GpuTypeSummary(
        String gpuType, int hosts, int gpusTotal, int gpusUsed, int gpusFree, Map<Pool, PoolSummary> pools) {

    /** The hosts of one type in one pool. */
    record PoolSummary(int hosts, int gpusTotal, int gpusUsed) {

        static PoolSummary of(List<Host> hosts) {
            return new PoolSummary(hosts.size(), total(hosts), used(hosts));
        }
    }

    /** A row for each type that a host has, ordered by name. */
    static List<GpuTypeSummary> of(List<Host> hosts) {
        return hosts.stream()
                .filter(host -> host.observed().gpuModel() != null)
                .collect(Collectors.groupingBy(
                        host -> Objects.requireNonNull(host.observed().gpuModel()), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(type -> of(type.getKey(), type.getValue()))
                .toList();
    }

    private static GpuTypeSummary of(String type, List<Host> hosts) {
        var free = hosts.stream().mapToInt(Host::gpuFree).sum();
        return new GpuTypeSummary(type, hosts.size(), total(hosts), used(hosts), free, pools(hosts));
    }

    private static Map<Pool, PoolSummary> pools(List<Host> hosts) {
        return hosts.stream()
                .collect(Collectors.groupingBy(
                        Host::pool, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(), PoolSummary::of)));
    }

    private static int total(List<Host> hosts) {
        return hosts.stream().mapToInt(host -> host.observed().gpuTotal()).sum();
    }

    private static int used(List<Host> hosts) {
        return hosts.stream().mapToInt(host -> host.observed().gpuUsed()).sum();
    }
}
