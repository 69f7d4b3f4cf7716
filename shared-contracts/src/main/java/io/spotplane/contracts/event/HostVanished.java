package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * A host that a complete sweep no longer saw.
 *
 * @param hostId the host
 * @param observedAt when the sweep ended
 */
public record HostVanished(String hostId, Instant observedAt) {}
