package io.spotplane.simulator.behaviour;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Injected answer times, by provider and operation; the operation's own goes before the provider's ({@code *}). */
public final class Latencies {

    private record Key(Provider provider, String operation) {}

    private final Map<Key, Latency> latencies = new ConcurrentHashMap<>();
    private final RandomGenerator random;

    public Latencies(long seed) {
        this.random = new Random(seed);
    }

    public void set(Provider provider, String operation, Latency latency) {
        latencies.put(new Key(provider, operation), latency);
    }

    public void clear() {
        latencies.clear();
    }

    Duration sample(Call call) {
        return call.operations().stream()
                .map(operation -> latencies.get(new Key(call.provider(), operation)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> latencies.getOrDefault(new Key(call.provider(), "*"), Latency.NONE))
                .sample(random);
    }
}
