package io.spotplane.contracts.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPU host as the agents saw it, merged over the sources.
 *
 * @param hostId {@code <cloud>:<hypervisor host name>}
 * @param cloud the OpenStack cloud's name in the settings
 * @param name hypervisor host name
 * @param gpuModel canonical GPU model; null for a host without
 * @param gpuTotal GPUs built in
 * @param gpuUsed GPUs that servers hold
 * @param aggregates ids of the aggregates it is a member of
 * @param state {@code up} or {@code down}, as Nova says
 * @param status {@code enabled} or {@code disabled}, as Nova says
 * @param servers number of servers on it
 * @param site NetBox site; null when NetBox does not know the host
 * @param rack NetBox rack; null when NetBox does not know the host
 * @param owner NetBox tenant; null when there is none
 * @param nvlink whether NetBox says that the GPUs are joined by NVLink; null when it does not say
 * @param observedAt when the sweep that saw it ended
 */
public record HostObserved(
        String hostId,
        String cloud,
        String name,
        @Nullable String gpuModel,
        int gpuTotal,
        int gpuUsed,
        List<String> aggregates,
        String state,
        String status,
        int servers,
        @Nullable String site,
        @Nullable String rack,
        @Nullable String owner,
        @Nullable Boolean nvlink,
        Instant observedAt) {}
