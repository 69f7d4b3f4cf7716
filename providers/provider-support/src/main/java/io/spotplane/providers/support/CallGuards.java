package io.spotplane.providers.support;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guards of this process, one for each endpoint of each provider account: a region that is down must not stop the others, and every capability
 * that talks to it shares its breaker.
 */
public final class CallGuards {

    private final GuardSettings settings;
    private final ObservationRegistry observations;
    private final CircuitBreakerRegistry breakers;
    private final Map<String, CallGuard> guards = new ConcurrentHashMap<>();

    CallGuards(GuardSettings settings, ObservationRegistry observations, Clock clock) {
        this.settings = settings;
        this.observations = observations;
        this.breakers = CircuitBreakerRegistry.of(breaker(settings, clock));
    }

    /** Guards that measure into {@code observations}. */
    public static CallGuards of(GuardSettings settings, ObservationRegistry observations) {
        return new CallGuards(settings, observations, Clock.systemUTC());
    }

    /** Guards with the usual limits that measure nothing, for tests and tools. */
    public static CallGuards unmeasured() {
        return of(GuardSettings.defaults(), ObservationRegistry.NOOP);
    }

    /**
     * The guard of an endpoint; the same one for the same names.
     *
     * @param provider the provider's short name
     * @param endpoint a name for what fails together, such as a region; from the settings, never from a request
     */
    public CallGuard of(String provider, String endpoint) {
        return of(provider, endpoint, settings.concurrentCalls());
    }

    /**
     * As {@link #of(String, String)}, for an endpoint that takes more calls at a time than others, or fewer.
     *
     * @param concurrentCalls calls under way at one time; counts when the guard is made
     */
    public CallGuard of(String provider, String endpoint, int concurrentCalls) {
        return guards.computeIfAbsent(provider + "/" + endpoint, name -> guard(provider, name, concurrentCalls));
    }

    /** Shows the breakers' states as {@code resilience4j.circuitbreaker.*{name="provider/endpoint"}}. */
    void measureIn(MeterRegistry meters) {
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    private CallGuard guard(String provider, String name, int concurrentCalls) {
        return new CallGuard(
                provider,
                breakers.circuitBreaker(name),
                new Turns(concurrentCalls, settings.longestWait()),
                observations);
    }

    private static CircuitBreakerConfig breaker(GuardSettings settings, Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerWindow() / 2)
                .failureRateThreshold(settings.breakerPercent())
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(3)
                .maxWaitDurationInHalfOpenState(settings.halfOpenLimit())
                .recordResult(CallOutcome::isSick)
                .recordException(CallOutcome::isSick)
                .clock(clock)
                .build();
    }
}
