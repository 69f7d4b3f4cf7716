package io.spotplane.inventory.agent;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.snapshot.Source;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Looks at one source.
 *
 * <p>Laws: a look sees the whole source or fails; it changes nothing; it may be cancelled at any time. It is never run beside itself.
 */
public interface Agent<T> {

    /** What it looks at; its name. */
    Source<T> source();

    /** When it looks. */
    Schedule schedule();

    /** How many remote calls it makes at a time. */
    default int concurrency() {
        return 1;
    }

    /** The source whose new snapshot makes this agent look at once; empty when only its schedule does. */
    default Optional<Source<?>> wokenBy() {
        return Optional.empty();
    }

    /**
     * Looks; empty when there is nothing to look at yet.
     *
     * @param calls where it has its remote calls timed
     */
    Mono<Findings<T>> look(Calls calls);
}
