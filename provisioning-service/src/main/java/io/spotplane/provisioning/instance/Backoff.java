package io.spotplane.provisioning.instance;

import java.time.Duration;

/**
 * Doubling waits. Jitter is left to the differing moments at which instances start to wait.
 *
 * @param base wait after the first attempt
 * @param cap longest wait
 */
public record Backoff(Duration base, Duration cap) {

    private static final int MAX_DOUBLINGS = 20;

    /** How long to wait after attempt number {@code attempt}, counted from 1. */
    public Duration afterAttempt(int attempt) {
        var doubled = base.multipliedBy(1L << Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS));
        return doubled.compareTo(cap) < 0 ? doubled : cap;
    }
}
