package io.spotplane.inventory.merged;

import io.spotplane.contracts.event.HostObserved;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as all sources together see it.
 *
 * @param observed what is announced of it
 * @param pool the one pool it is in
 * @param outOfStockReason why it is not for sale; null when it is
 * @param useSeenAt when its servers were counted; older than {@code observedAt} when it did not answer lately, null when it never did
 */
public record Host(
        HostObserved observed,
        Pool pool,
        @Nullable String outOfStockReason,
        @Nullable Instant useSeenAt) {

    /** GPUs that no server holds. */
    public int gpuFree() {
        return Math.max(0, observed.gpuTotal() - observed.gpuUsed());
    }
}
