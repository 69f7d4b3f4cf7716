package io.spotplane.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.testing.BackingService;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.RedisServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;

/** The script, on a real Redis. */
@Infrastructure(BackingService.REDIS)
class RedisBucketsIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private LettuceConnectionFactory connections;
    private RedisBuckets buckets;
    private ReactiveStringRedisTemplate redis;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void connect(RedisServer server) {
        var where = new RedisStandaloneConfiguration(server.host(), server.port());
        where.setDatabase(server.database());
        where.setPassword(RedisPassword.of(server.password()));
        connections = new LettuceConnectionFactory(where);
        connections.afterPropertiesSet();
        connections.start();
        redis = new ReactiveStringRedisTemplate(connections);
        buckets = new RedisBuckets(redis);
    }

    @AfterEach
    void disconnect() {
        connections.destroy();
    }

    @Test
    void letsExactlyTheLimitPassHoweverManyAskAtOnce() {
        // Given
        var rate = new Rate(50, Duration.ofMinutes(10));
        // When
        var allowed = Flux.range(0, 200)
                .flatMap(i -> buckets.take(key, rate), 200)
                .filter(Decision::allowed)
                .count()
                .block(LIMIT);
        // Then
        assertThat(allowed).isEqualTo(50);
    }

    @Test
    void saysWhenTheNextMayPassAndKeepsItsWord() {
        // Given
        var rate = new Rate(2, Duration.ofSeconds(1));
        take(rate);
        take(rate);
        // When
        var refused = take(rate);
        // Then
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.next()).isBetween(Duration.ofMillis(1), Duration.ofMillis(500));
        assertThat(Flux.just(1)
                        .delayElements(refused.next().plusMillis(20))
                        .flatMap(i -> buckets.take(key, rate))
                        .blockFirst(LIMIT)
                        .allowed())
                .isTrue();
    }

    @Test
    void leavesNothingBehindForTenantsThatStopAsking() {
        // When
        take(new Rate(2, Duration.ofSeconds(30)));
        // Then
        assertThat(redis.getExpire("spotplane:ratelimit:" + key).block(LIMIT))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private Decision take(Rate rate) {
        return buckets.take(key, rate).block(LIMIT);
    }
}
