package io.spotplane.kafka;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How listeners treat records that fail, and how long topics keep theirs.
 *
 * @param retries how often a failed record is tried again before it goes to the dead-letter topic; 0 or more
 * @param firstBackoff wait before the first retry; doubles each time
 * @param maxBackoff longest wait between two tries; below the consumer's {@code max.poll.interval.ms}
 * @param retention how long topics that are not compacted keep their records
 */
@ConfigurationProperties("spotplane.kafka")
public record KafkaEdgeSettings(
        @DefaultValue("5") int retries,
        @DefaultValue("200ms") Duration firstBackoff,
        @DefaultValue("5s") Duration maxBackoff,
        @DefaultValue("7d") Duration retention) {
    public KafkaEdgeSettings {
        if (retries < 0) {
            throw new IllegalArgumentException("spotplane.kafka.retries is " + retries + ", expected 0 or more");
        }
        requirePositive("first-backoff", firstBackoff);
        requirePositive("max-backoff", maxBackoff);
        requirePositive("retention", retention);
    }

    /** For faults that may be the record's own. */
    BackOff bounded() {
        var backOff = untilItPasses();
        backOff.setMaxAttempts(retries);
        return backOff;
    }

    /** For faults that are somebody else's. */
    ExponentialBackOff untilItPasses() {
        var backOff = new ExponentialBackOff(firstBackoff.toMillis(), 2.0);
        backOff.setMaxInterval(maxBackoff.toMillis());
        return backOff;
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("spotplane.kafka." + name + " is " + value + ", expected more than 0");
        }
    }
}
