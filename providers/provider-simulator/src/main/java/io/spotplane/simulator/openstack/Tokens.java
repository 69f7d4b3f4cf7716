package io.spotplane.simulator.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keystone's tokens; each ends after its time. */
final class Tokens {

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration life;

    Tokens(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    String issue() {
        var token = "gAAAA" + UUID.randomUUID().toString().replace("-", "");
        ends.put(token, clock.instant().plus(life));
        return token;
    }

    Instant end(String token) {
        return ends.getOrDefault(token, Instant.EPOCH);
    }

    boolean valid(String token) {
        return clock.instant().isBefore(end(token));
    }

    void revokeAll() {
        ends.clear();
    }
}
