package io.spotplane.outbox;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** The W3C trace context of the work that appends: from the Reactor context (requests), else from the thread (listeners). */
final class CallersTrace {

    private static final String TRACEPARENT = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    CallersTrace(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The value of {@code traceparent}; empty when nothing is traced. */
    Mono<Optional<String>> traceparent() {
        return Mono.deferContextual(
                context -> Mono.just(Optional.ofNullable(span(context)).map(this::traceparent)));
    }

    private @Nullable Span span(ContextView context) {
        return context.<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
                .map(CallersTrace::spanOf)
                .orElseGet(tracer::currentSpan);
    }

    private static @Nullable Span spanOf(Observation observation) {
        TracingContext tracing = observation.getContextView().get(TracingContext.class);
        return tracing == null ? null : tracing.getSpan();
    }

    private @Nullable String traceparent(Span span) {
        Map<String, String> carrier = new HashMap<>();
        propagator.inject(span.context(), carrier, (ignored, name, value) -> carrier.put(name, value));
        return carrier.get(TRACEPARENT);
    }
}
