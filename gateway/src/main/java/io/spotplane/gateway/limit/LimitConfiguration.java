package io.spotplane.gateway.limit;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** The limiter and a Redis client that would rather fail than queue. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    private static final int MOST_WAITING = 1_000;

    @Bean
    LimitRate limitRate(ReactiveStringRedisTemplate redis, LimitSettings settings, MeterRegistry meters) {
        var buckets = new NeverUnlimited(
                new RedisBuckets(redis),
                new LocalBuckets(Clock.systemUTC()),
                settings.answerWithin(),
                settings.replicas());
        return new LimitRate(buckets, settings, meters);
    }

    /** By default Lettuce takes commands while it is not connected and queues them without bound. */
    @Bean
    LettuceClientOptionsBuilderCustomizer rejectWhenAway() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING);
    }
}
