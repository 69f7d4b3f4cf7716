package io.spotplane.inventory.host;

import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.Pool;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are wanted. A criterion that is null does not matter.
 *
 * @param gpuType GPU model or family
 * @param aggregate id or name of an aggregate
 * @param site NetBox site, case aside
 * @param state Nova's {@code up} or {@code down}
 * @param cloud the cloud's name
 * @param pool the pool
 */
record HostFilter(
        @Nullable String gpuType,
        @Nullable String aggregate,
        @Nullable String site,
        @Nullable State state,
        @Nullable String cloud,
        @Nullable Pool pool) {

    /** As Nova says. */
    enum State {
        up,
        down
    }

    /** The wanted hosts, in the view's order. */
    Stream<Host> apply(InventoryView view) {
        return view.hosts().stream()
                .filter(ofType().and(inAggregate(view)).and(atPlace()).and(inState()));
    }

    private Predicate<Host> ofType() {
        return host -> gpuType == null
                || (host.observed().gpuModel() != null
                        && GpuModels.matches(gpuType, host.observed().gpuModel()));
    }

    private Predicate<Host> inAggregate(InventoryView view) {
        if (aggregate == null) {
            return host -> true;
        }
        var wanted = idsOf(aggregate, view);
        return host -> host.observed().aggregates().stream().anyMatch(wanted::contains);
    }

    private Predicate<Host> atPlace() {
        return host -> (site == null || site.equalsIgnoreCase(host.observed().site()))
                && (cloud == null || cloud.equals(host.observed().cloud()));
    }

    private Predicate<Host> inState() {
        return host -> (state == null || state.name().equals(host.observed().state()))
                && (pool == null || pool == host.pool());
    }

    private static Set<String> idsOf(String aggregate, InventoryView view) {
        return view.aggregates().stream()
                .map(known -> known.observed())
                .filter(known -> aggregate.equals(known.aggregateId()) || aggregate.equals(known.name()))
                .map(known -> known.aggregateId())
                .collect(Collectors.toSet());
    }
}
