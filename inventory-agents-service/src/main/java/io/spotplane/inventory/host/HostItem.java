package io.spotplane.inventory.host;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.spotplane.contracts.event.HostObserved;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.Pool;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host on the wire: what is announced of it, and what only the API says.
 *
 * @param host what is announced
 * @param pool the one pool it is in
 * @param outOfStockReason why it is not for sale; null when it is
 * @param ageSeconds how long ago the host was seen
 * @param useAgeSeconds how long ago its servers were counted; null when never
 */
record HostItem(
        @JsonUnwrapped HostObserved host,
        Pool pool,
        @Nullable String outOfStockReason,
        long ageSeconds,
        @Nullable Long useAgeSeconds) {

    static HostItem of(Host host, Instant now) {
        return new HostItem(
                host.observed(),
                host.pool(),
                host.outOfStockReason(),
                age(host.observed().observedAt(), now),
                host.useSeenAt() == null ? null : age(host.useSeenAt(), now));
    }

    private static long age(Instant seen, Instant now) {
        return Math.max(0, Duration.between(seen, now).toSeconds());
    }
}
