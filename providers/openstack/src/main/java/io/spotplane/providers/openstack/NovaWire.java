package io.spotplane.providers.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nova's answers at microversion 2.53, as far as they are used. Everything that another version or a down cell leaves out is nullable: hypervisors lose
 * their capacity from 2.88 on, and a server in a down cell is only {@code id}, {@code status: UNKNOWN} and little more.
 */
final class NovaWire {

    private NovaWire() {}

    /** One page of a list. */
    interface Page<I> {

        @Nullable
        List<I> items();

        @Nullable
        List<Link> links();

        /** Whether Nova says that there is a next page. */
        default boolean hasNext() {
            var links = links();
            return links != null && links.stream().anyMatch(link -> link.rel().equals("next"));
        }
    }

    /** An item that can be a marker. */
    interface Item {
        String id();
    }

    record Link(String rel) {}

    record Aggregates(@Nullable List<Aggregate> aggregates) {}

    record Aggregate(
            String id,
            String name,
            @JsonProperty("availability_zone") @Nullable String availabilityZone,
            @Nullable List<String> hosts,
            @Nullable Map<String, String> metadata) {}

    record Hypervisors(
            @JsonProperty("hypervisors") @Nullable List<Hypervisor> items,
            @JsonProperty("hypervisors_links") @Nullable List<Link> links)
            implements Page<Hypervisor> {}

    record Hypervisor(
            String id,
            @JsonProperty("hypervisor_hostname") String hostname,
            @Nullable String state,
            @Nullable String status,
            @Nullable Service service,
            @Nullable Integer vcpus,
            @JsonProperty("memory_mb") @Nullable Long memoryMiB,
            @JsonProperty("running_vms") @Nullable Integer runningServers)
            implements Item {}

    record Service(
            @Nullable String host,
            @JsonProperty("disabled_reason") @Nullable String disabledReason) {}

    record Servers(
            @JsonProperty("servers") @Nullable List<Server> items,
            @JsonProperty("servers_links") @Nullable List<Link> links)
            implements Page<Server> {}

    record Server(
            String id,
            @Nullable String name,
            @Nullable String status,
            @JsonProperty("tenant_id") @Nullable String projectId,
            @Nullable Flavor flavor,
            @Nullable Instant created)
            implements Item {}

    record Flavor(
            @JsonProperty("original_name") @Nullable String name,
            @JsonProperty("extra_specs") @Nullable Map<String, String> extraSpecs) {}
}
