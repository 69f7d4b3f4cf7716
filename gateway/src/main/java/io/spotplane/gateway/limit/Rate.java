package io.spotplane.gateway.limit;

import java.time.Duration;

/**
 * So many requests in so much time. A bucket of that size refills evenly.
 *
 * @param requests at least 1
 * @param per longer than nothing
 */
public record Rate(int requests, Duration per) {

    public Rate {
        if (requests < 1 || !per.isPositive()) {
            throw new IllegalArgumentException(
                    "rate is " + requests + " per " + per + ", expected at least 1 per more than nothing");
        }
    }

    /** This rate's share for one of {@code replicas} gateways that cannot count together; at least one request. */
    Rate shareOf(int replicas) {
        return new Rate(Math.max(1, requests / replicas), per);
    }

    /** How long the bucket takes to earn {@code tokens}, in milliseconds, rounded up. */
    long millisFor(double tokens) {
        return (long) Math.ceil(tokens * per.toMillis() / requests);
    }
}
