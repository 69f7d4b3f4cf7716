package io.spotplane.provisioning.request;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The W3C trace context of the call that is being answered: the work that it causes goes on in it. */
final class TraceOfCall {

    private TraceOfCall() {}

    /** The value of {@code traceparent}; empty when nothing is traced. */
    static Mono<Optional<String>> traceparent() {
        return Mono.deferContextual(
                context -> Mono.just(context.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
                        .flatMap(TraceOfCall::of)));
    }

    private static Optional<String> of(Observation observation) {
        return Optional.ofNullable(observation.getContextView().<TracingContext>get(TracingContext.class))
                .flatMap(tracing -> Optional.ofNullable(tracing.getSpan()))
                .map(span -> inWire(span.context()));
    }

    private static String inWire(TraceContext context) {
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return String.join("-", "00", context.traceId(), context.spanId(), flags);
    }
}
