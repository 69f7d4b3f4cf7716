package io.spotplane.providers.support;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.support.ProviderCallObservation.Key;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Stands around the calls to one endpoint: measures them, lets so many through at a time, and stops asking while the far side is sick. Put it outermost,
 * after the adapter has turned faults into outcomes:
 *
 * <pre>{@code
 * return api.createPod(order)
 *         .timeout(settings.callTimeout())
 *         .map(RunPodLauncher::accepted)
 *         .onErrorResume(fault -> faults.toOutcome(fault, order))
 *         .transform(guard.aroundLaunch("runpod.launch"));
 * }</pre>
 *
 * <p>The breaker opens on faults that speak against the far side's health (transient, credentials, no answer), never on "no capacity", prices, quotas or
 * wrong orders. A call that is kept back was not sent, and says so in the type of its operation. Nothing is retried here: that is the caller's schedule.
 */
public final class CallGuard {

    private static final String NOT_SENT = "NOT_SENT";

    private final String provider;
    private final CircuitBreaker breaker;
    private final Turns turns;
    private final ObservationRegistry observations;

    CallGuard(String provider, CircuitBreaker breaker, Turns turns, ObservationRegistry observations) {
        this.provider = provider;
        this.breaker = breaker;
        this.turns = turns;
        this.observations = observations;
    }

    /** Around a launch: kept back, it is {@code Declined(TRANSIENT)}. */
    public UnaryOperator<Mono<LaunchOutcome>> aroundLaunch(String operation) {
        return call -> guarded(
                call,
                operation,
                kept -> Mono.just(new LaunchOutcome.Declined(Refusal.TRANSIENT, NOT_SENT, kept.why(), null)));
    }

    /** Around an order to end a machine: kept back, it is {@code NotYet(TRANSIENT)}. */
    public UnaryOperator<Mono<TerminateOutcome>> aroundTerminate(String operation) {
        return call ->
                guarded(call, operation, kept -> Mono.just(new TerminateOutcome.NotYet(Refusal.TRANSIENT, kept.why())));
    }

    /** Around a read: kept back, it fails with {@link ProviderFault}. */
    public <T> UnaryOperator<Mono<T>> aroundRead(String operation) {
        return call -> guarded(
                call,
                operation,
                kept -> Mono.error(new ProviderFault(provider, operation, Refusal.TRANSIENT, kept.why(), null, kept)));
    }

    private <T> Mono<T> guarded(Mono<T> call, String operation, Function<NotSent, Mono<T>> keptBack) {
        return turns.take(unlessOpen(call))
                .transform(answer -> observed(answer, operation))
                .onErrorResume(NotSent.class, keptBack);
    }

    private <T> Mono<T> unlessOpen(Mono<T> call) {
        return call.transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, open -> new NotSent("breaker is open", open));
    }

    private <T> Mono<T> observed(Mono<T> call, String operation) {
        return Mono.deferContextual(context -> {
            var observation = start(operation, context);
            return call.doOnSuccess(answer -> name(observation, CallOutcome.of(answer)))
                    .doOnError(fault -> name(observation.error(fault), CallOutcome.of(fault)))
                    .doFinally(signal -> observation.stop())
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Observation start(String operation, ContextView context) {
        return ProviderCallObservation.CALL
                .observation(observations)
                .lowCardinalityKeyValue(Key.PROVIDER.withValue(provider))
                .lowCardinalityKeyValue(Key.OPERATION.withValue(operation))
                .lowCardinalityKeyValue(Key.OUTCOME.withValue(CallOutcome.CANCELLED))
                .parentObservation(context.getOrDefault(ObservationThreadLocalAccessor.KEY, null))
                .start();
    }

    private static void name(Observation observation, String outcome) {
        observation.lowCardinalityKeyValue(Key.OUTCOME.withValue(outcome));
    }
}
