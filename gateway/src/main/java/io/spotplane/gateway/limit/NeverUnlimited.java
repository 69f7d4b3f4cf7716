package io.spotplane.gateway.limit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Counts together while the shared buckets answer in time, otherwise by itself with this gateway's share. A breaker spares requests
 * the wait while the shared buckets are known to be away.
 *
 * <p>Letting everything pass would make the limit worth nothing exactly when something is wrong; letting nothing pass would make Redis
 * a part that all requests need.
 */
final class NeverUnlimited implements Buckets {

    private static final Logger LOG = LoggerFactory.getLogger(NeverUnlimited.class);

    private final Buckets shared;
    private final Buckets local;
    private final Duration answerWithin;
    private final int replicas;
    private final CircuitBreaker breaker;

    NeverUnlimited(Buckets shared, Buckets local, Duration answerWithin, int replicas) {
        this.shared = shared;
        this.local = local;
        this.answerWithin = answerWithin;
        this.replicas = replicas;
        this.breaker = CircuitBreaker.of("ratelimit", CONFIGURATION);
        this.breaker
                .getEventPublisher()
                .onStateTransition(change -> LOG.warn("Shared rate limits: {}", change.getStateTransition()));
    }

    private static final CircuitBreakerConfig CONFIGURATION = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .waitDurationInOpenState(Duration.ofSeconds(1))
            .permittedNumberOfCallsInHalfOpenState(2)
            .maxWaitDurationInHalfOpenState(Duration.ofSeconds(5))
            .build();

    @Override
    public Mono<Decision> take(String key, Rate rate) {
        return shared.take(key, rate)
                .timeout(answerWithin)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorResume(away -> local.take(key, rate.shareOf(replicas)));
    }
}
