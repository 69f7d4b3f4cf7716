package io.spotplane.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the relay works, and how long the inbox remembers.
 *
 * @param lease how long a relay may keep shards without finishing; after that another one takes them
 * @param pollInterval longest wait before looking, should a wake-up be lost
 * @param maxBackoff longest wait while the broker or the database is away
 * @param batchSize most events of one round
 * @param shardsPerRound most shards of one round, of 64; what is left is for other relays
 * @param keepApplied how long applied event ids are kept; longer than topics keep their records
 */
@ConfigurationProperties("spotplane.outbox")
public record OutboxSettings(
        @DefaultValue("10s") Duration lease,
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("5s") Duration maxBackoff,
        @DefaultValue("500") int batchSize,
        @DefaultValue("16") int shardsPerRound,
        @DefaultValue("14d") Duration keepApplied) {
    public OutboxSettings {
        requirePositive("lease", lease);
        requirePositive("poll-interval", pollInterval);
        requirePositive("max-backoff", maxBackoff);
        requirePositive("keep-applied", keepApplied);
        requireWithin("batch-size", batchSize, 10_000);
        requireWithin("shards-per-round", shardsPerRound, Shard.COUNT);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("spotplane.outbox." + name + " is " + value + ", expected more than 0");
        }
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("spotplane.outbox." + name + " is " + value + ", expected 1 to " + most);
        }
    }
}
