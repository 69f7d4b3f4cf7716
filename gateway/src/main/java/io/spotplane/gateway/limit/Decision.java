package io.spotplane.gateway.limit;

import java.time.Duration;

/**
 * What a bucket says to one request.
 *
 * @param allowed whether it may pass
 * @param remaining whole requests left
 * @param next when the next one may pass; zero when this one may
 * @param backend who counted
 */
record Decision(boolean allowed, long remaining, Duration next, Backend backend) {

    /** Who counted. */
    enum Backend {
        REDIS,
        LOCAL
    }
}
