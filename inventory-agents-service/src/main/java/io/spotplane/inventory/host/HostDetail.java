package io.spotplane.inventory.host;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.spotplane.inventory.merged.SourceStatus;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import java.util.List;

/**
 * One host with the servers on it.
 *
 * @param item the host
 * @param hosted its servers as last seen
 * @param sources how fresh each source is
 */
record HostDetail(@JsonUnwrapped HostItem item, List<HostedServer> hosted, List<SourceStatus> sources) {}
