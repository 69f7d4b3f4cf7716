package io.spotplane.inventory.aggregate;

import io.spotplane.inventory.merged.Aggregate;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate on the wire, with its hosts.
 *
 * @param aggregateId {@code <cloud>:<Nova id>}
 * @param cloud the cloud
 * @param name such as {@code H100-n3-spot}
 * @param pool what it is for
 * @param gpuModel canonical model; null when neither name nor metadata say one
 * @param gpusTotal GPUs built into its hosts
 * @param gpusUsed GPUs that servers hold on its hosts
 * @param hosts its hosts that the hypervisors' list has
 * @param observedAt when the aggregates were seen
 */
record AggregateItem(
        String aggregateId,
        String cloud,
        String name,
        Pool pool,
        @Nullable String gpuModel,
        int gpusTotal,
        int gpusUsed,
        List<Member> hosts,
        Instant observedAt) {

    /** A host of the aggregate. */
    record Member(
            String hostId,
            String name,
            @Nullable String gpuModel,
            int gpuTotal,
            int gpuUsed,
            int servers,
            String state,
            String status) {

        static Member of(Host host) {
            var seen = host.observed();
            return new Member(
                    seen.hostId(),
                    seen.name(),
                    seen.gpuModel(),
                    seen.gpuTotal(),
                    seen.gpuUsed(),
                    seen.servers(),
                    seen.state(),
                    seen.status());
        }
    }

    static AggregateItem of(Aggregate aggregate, Map<String, Host> hosts) {
        var seen = aggregate.observed();
        var members = seen.hosts().stream()
                .map(hosts::get)
                .filter(Objects::nonNull)
                .map(Member::of)
                .toList();
        return new AggregateItem(
                seen.aggregateId(),
                seen.cloud(),
                seen.name(),
                aggregate.pool(),
                seen.gpuModel(),
                members.stream().mapToInt(Member::gpuTotal).sum(),
                members.stream().mapToInt(Member::gpuUsed).sum(),
                members,
                seen.observedAt());
    }
}
