package io.spotplane.gateway.route;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stops asking a route whose service fails: one breaker per route. Failures are no connection, no answer in time, and the
 * statuses 500, 502 and 504; they reach the client as they are. What a service refuses on purpose (4xx, and 503, which says that
 * something behind it is away or that there is no capacity) is an answer and never opens a breaker.
 */
@Component
class BreakCircuit {

    private static final Set<Integer> FAILURES = Set.of(500, 502, 504);

    private final RouteSettings.Breaker settings;
    private final CircuitBreakerRegistry breakers;

    BreakCircuit(RouteSettings settings, MeterRegistry meters) {
        this.settings = settings.breaker();
        this.breakers = CircuitBreakerRegistry.of(configuration(this.settings));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    GatewayFilter filter() {
        return this::guard;
    }

    private Mono<Void> guard(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange)
                .then(Mono.fromSupplier(() -> statusOf(exchange)))
                .transformDeferred(CircuitBreakerOperator.of(breakerOf(exchange)))
                .onErrorMap(CallNotPermittedException.class, open -> resting())
                .then();
    }

    private CircuitBreaker breakerOf(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return breakers.circuitBreaker(route.getId());
    }

    private ProblemException resting() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE,
                "the service behind this path has been failing and is left alone for a moment",
                settings.pause());
    }

    private static int statusOf(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 200 : status.value();
    }

    private static CircuitBreakerConfig configuration(RouteSettings.Breaker settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.calls())
                .minimumNumberOfCalls(settings.calls() / 2)
                .failureRateThreshold(settings.failuresPercent())
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(3)
                // Trials whose clients go away must not keep it half open for ever (resilience4j issue 1681).
                .maxWaitDurationInHalfOpenState(settings.pause().plus(Duration.ofSeconds(10)))
                .recordResult(status -> FAILURES.contains(status))
                .ignoreException(ProblemException.class::isInstance)
                .build();
    }
}
