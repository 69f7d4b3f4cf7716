package io.spotplane.simulator.behaviour;

import java.time.Instant;
import java.util.Map;

/**
 * A call that came in.
 *
 * @param outcome the status answered, or what happened instead: {@code dropped}, {@code hung}
 */
public record CallRecord(
        Instant at, Provider provider, String operation, Map<String, String> attributes, String outcome, long millis) {}
