package io.spotplane.providers.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The hosts of a private cloud, its aggregates and the servers on them.
 *
 * <p>Laws: a Mono answers with the whole or fails with {@link ProviderFault}. {@link #provider} is the cloud's name in the settings. Calls are
 * independent and may run at the same time.
 */
public interface HostInventory extends Provider {

    /** All host aggregates. */
    Mono<List<HostAggregate>> aggregates();

    /** All hypervisors, every page. */
    Mono<List<Hypervisor>> hypervisors();

    /** The servers on one host, every page. */
    Flux<HostedServer> serversOn(String host);

    /**
     * A host aggregate.
     *
     * @param id Nova's id
     * @param name such as {@code H100-n3-spot}
     * @param availabilityZone null where it sets none
     * @param hosts names of its member hosts
     * @param metadata as set by the operator
     */
    record HostAggregate(
            String id,
            String name,
            @Nullable String availabilityZone,
            List<String> hosts,
            Map<String, String> metadata) {}

    /**
     * A hypervisor.
     *
     * @param id Nova's id
     * @param host the compute service's host name, which aggregates and servers use
     * @param state {@code up} or {@code down}
     * @param status {@code enabled} or {@code disabled}
     * @param disabledReason the operator's words; null when enabled
     * @param vcpus virtual CPUs; 0 when the API does not say
     * @param memoryMiB memory; 0 when the API does not say
     * @param runningServers as the hypervisor reports; -1 when the API does not say
     */
    record Hypervisor(
            String id,
            String host,
            String state,
            String status,
            @Nullable String disabledReason,
            int vcpus,
            long memoryMiB,
            int runningServers) {}

    /**
     * A server on a host.
     *
     * @param id Nova's id
     * @param name its name
     * @param host the host it is on
     * @param status such as {@code ACTIVE}
     * @param projectId the OpenStack project that owns it
     * @param flavor name of its flavor, such as {@code n3-H100x8-spot}
     * @param gpuModel canonical GPU model that the flavor carries; null for none
     * @param gpuCount GPUs that the flavor carries
     * @param createdAt when it was made; null when a down cell hides it
     */
    record HostedServer(
            String id,
            String name,
            String host,
            String status,
            String projectId,
            String flavor,
            @Nullable String gpuModel,
            int gpuCount,
            @Nullable Instant createdAt) {}
}
