package io.spotplane.inventory.agent;

import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.snapshot.Source;
import java.util.Map;
import reactor.core.publisher.Mono;

/** How each agent's last look went; one log for all replicas. */
public interface RunLog {

    /** The size that the next list of {@code source} is measured by; 0 when there is none or when an operator said to believe the next one. */
    Mono<Integer> believedSize(Source<?> source);

    /**
     * Records the run and gives its lease back, both or neither.
     *
     * @return false when the lease is no longer held; nothing is recorded then
     */
    Mono<Boolean> close(Lease lease, FinishedRun run);

    /** The last run of each agent that ran, by name. */
    Mono<Map<String, LoggedRun>> lastRuns();

    /**
     * Has the agent's next list believed, however short.
     *
     * @return false when no such agent ran yet
     */
    Mono<Boolean> believeNext(String agent);
}
