package io.spotplane.inventory.announce;

import io.spotplane.contracts.event.AggregateObserved;
import io.spotplane.contracts.event.HostObserved;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A short name for everything that is announced of a thing except when it was seen: two sweeps that see the same have the same fingerprint. A new field
 * of the event changes every fingerprint, so that everything is announced once more with it.
 */
final class Fingerprint {

    private Fingerprint() {}

    static String of(HostObserved host) {
        return hash(new HostObserved(
                host.hostId(),
                host.cloud(),
                host.name(),
                host.gpuModel(),
                host.gpuTotal(),
                host.gpuUsed(),
                host.aggregates(),
                host.state(),
                host.status(),
                host.servers(),
                host.site(),
                host.rack(),
                host.owner(),
                host.nvlink(),
                Instant.EPOCH));
    }

    static String of(AggregateObserved aggregate) {
        return hash(new AggregateObserved(
                aggregate.aggregateId(),
                aggregate.cloud(),
                aggregate.name(),
                aggregate.gpuModel(),
                aggregate.pool(),
                aggregate.hosts(),
                Instant.EPOCH));
    }

    private static String hash(Record timeless) {
        return HexFormat.of().formatHex(sha256(timeless.toString()), 0, 16);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
