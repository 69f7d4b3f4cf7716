package io.spotplane.gateway.limit;

import java.time.Duration;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/** Buckets in Redis, counted by one script and by Redis' own clock, so that all gateways agree. */
final class RedisBuckets implements Buckets {

    private static final String PREFIX = "spotplane:ratelimit:";

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> SCRIPT =
            RedisScript.of(new ClassPathResource("token-bucket.lua"), List.class);

    private final ReactiveStringRedisTemplate redis;

    RedisBuckets(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    @Override
    public Mono<Decision> take(String key, Rate rate) {
        var arguments = List.of(
                Integer.toString(rate.requests()), Long.toString(rate.per().toMillis()));
        return redis.execute(SCRIPT, List.of(PREFIX + key), arguments).next().map(RedisBuckets::decision);
    }

    /** The script answers {@code {allowed, remaining, milliseconds until the next}}. */
    private static Decision decision(List<?> answer) {
        return new Decision(
                number(answer, 0) == 1,
                number(answer, 1),
                Duration.ofMillis(number(answer, 2)),
                Decision.Backend.REDIS);
    }

    private static long number(List<?> answer, int index) {
        return ((Number) answer.get(index)).longValue();
    }
}
