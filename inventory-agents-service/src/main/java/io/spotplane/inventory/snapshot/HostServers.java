package io.spotplane.inventory.snapshot;

import io.spotplane.providers.spi.HostInventory.HostedServer;
import java.time.Instant;
import java.util.List;

/**
 * The servers on one host.
 *
 * @param host the host's name
 * @param seenAt when the host answered; older than the snapshot for a host that no longer does
 * @param servers all of them
 */
public record HostServers(String host, Instant seenAt, List<HostedServer> servers) {
    public HostServers {
        servers = List.copyOf(servers);
    }
}
