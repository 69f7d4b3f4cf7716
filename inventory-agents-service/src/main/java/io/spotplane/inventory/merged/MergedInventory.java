package io.spotplane.inventory.merged;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.inventory.InventorySettings;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.AgentRunner;
import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.agent.RunLog;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The merged view of now. Answers while Redis or PostgreSQL are away, as far as it can, and says so in the sources. */
@Component
public class MergedInventory {

    private final List<Agent<?>> agents;
    private final Snapshots snapshots;
    private final RunLog runs;
    private final InventorySettings settings;
    private final Scheduler clock;

    public MergedInventory(
            AgentRunner runner, Snapshots snapshots, RunLog runs, InventorySettings settings, Scheduler clock) {
        this.agents = runner.agents();
        this.snapshots = snapshots;
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
    }

    /** Everything that is known now. */
    public Mono<InventoryView> now() {
        return states().map(states -> Merge.of(states, settings.gpus(), instant()));
    }

    /**
     * As {@link #now()}, for those who ask for hosts.
     *
     * @throws ProblemException (as error signal) {@code UNAVAILABLE} when no cloud's hosts were ever seen: an empty list would be a lie
     */
    public Mono<InventoryView> known() {
        return now().flatMap(view -> view.nothingKnown() ? Mono.error(nothingSeenYet()) : Mono.just(view));
    }

    /** All sources, without merging them. */
    public Mono<SourceStates> states() {
        return runs.lastRuns()
                .map(last -> new Log(last, null))
                .onErrorResume(fault -> Mono.just(new Log(Map.of(), "run log: " + fault.getMessage())))
                .flatMap(this::states)
                .checkpoint("read the sources");
    }

    private Mono<SourceStates> states(Log log) {
        return Flux.fromIterable(agents)
                .flatMapSequential(agent -> state(agent, log))
                .collectList()
                .map(SourceStates::new);
    }

    private <T> Mono<SourceState<?>> state(Agent<T> agent, Log log) {
        var run = log.runs().get(agent.source().name());
        return snapshots
                .latest(agent.source())
                .map(snapshot -> new SourceState<>(agent, snapshot, run, log.fault()))
                .switchIfEmpty(Mono.fromSupplier(() -> new SourceState<>(agent, null, run, log.fault())))
                .onErrorResume(fault ->
                        Mono.just(new SourceState<>(agent, null, run, "snapshot store: " + fault.getMessage())))
                .map(state -> state);
    }

    private static ProblemException nothingSeenYet() {
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "No cloud has answered yet; GET /v1/agents says why.", Duration.ofSeconds(5));
    }

    private Instant instant() {
        return Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
    }

    private record Log(
            Map<String, LoggedRun> runs, @Nullable String fault) {}
}
