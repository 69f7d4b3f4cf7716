package io.spotplane.provisioning.reconcile;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.ReceiverContext;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.provisioning.holding.CapacityRequest;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Lets the work on a request go on in the trace of the call that brought it, as long as the request is not at rest. */
final class Traces {

    private static final String NAME = "spotplane.reconcile.request";
    private static final String TRACEPARENT = "traceparent";

    private final ObservationRegistry observations;

    Traces(ObservationRegistry observations) {
        this.observations = observations;
    }

    <T> Mono<T> continued(CapacityRequest request, Mono<T> work) {
        var traceparent = request.traceparent();
        if (traceparent == null || request.standing().phase() == RequestPhase.READY) {
            return work;
        }
        return Mono.defer(() -> {
            var context = new ReceiverContext<Map<String, String>>(Map::get);
            context.setCarrier(Map.of(TRACEPARENT, traceparent));
            var observation = Observation.start(NAME, () -> context, observations);
            return work.doOnError(observation::error)
                    .doFinally(_ -> observation.stop())
                    .contextWrite(reactive -> reactive.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }
}
