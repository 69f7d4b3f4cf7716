package io.spotplane.gateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import reactor.core.publisher.Mono;

/** Buckets in this process: what is left when Redis does not count. Keeps the most recently used ones only. */
final class LocalBuckets implements Buckets {

    private static final int MOST = 10_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    LocalBuckets(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Decision> take(String key, Rate rate) {
        return Mono.fromSupplier(() -> takeNow(key, rate));
    }

    private Decision takeNow(String key, Rate rate) {
        lock.lock();
        try {
            var now = clock.millis();
            var filled =
                    buckets.getOrDefault(key, new Bucket(rate.requests(), now)).refilled(rate, now);
            var allowed = filled.tokens() >= 1;
            var left = allowed ? filled.withoutOne() : filled;
            buckets.put(key, left);
            return new Decision(
                    allowed,
                    (long) left.tokens(),
                    allowed ? Duration.ZERO : left.untilNext(rate),
                    Decision.Backend.LOCAL);
        } finally {
            lock.unlock();
        }
    }

    /** The same arithmetic as {@code token-bucket.lua}. */
    private record Bucket(double tokens, long atMillis) {

        Bucket refilled(Rate rate, long now) {
            var earned = Math.max(0, now - atMillis)
                    * (double) rate.requests()
                    / rate.per().toMillis();
            return new Bucket(Math.min(rate.requests(), tokens + earned), now);
        }

        Bucket withoutOne() {
            return new Bucket(tokens - 1, atMillis);
        }

        Duration untilNext(Rate rate) {
            return Duration.ofMillis(rate.millisFor(1 - tokens));
        }
    }
}
