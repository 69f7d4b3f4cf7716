package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.holding.Grip;
import io.spotplane.provisioning.holding.Holding;
import reactor.core.publisher.Mono;

/** One duty on one request. Looks at the holding, decides, applies under the lease; may run any number of times. */
interface Step {

    /** Does what is due for {@code holding}, which was read a moment ago. */
    Mono<Void> run(Grip grip, Holding holding);

    /** Short name for metrics and logs. */
    String name();
}
