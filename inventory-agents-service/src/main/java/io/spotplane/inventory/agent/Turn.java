package io.spotplane.inventory.agent;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One turn of one agent: take the lease, look, judge, keep, record. Whatever the look does — answer, fail, hang — becomes an {@link Outcome}; only the
 * stores can make a turn fail, and then nothing has changed.
 */
final class Turn<T> {

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    /** For judging, keeping and recording, after the look. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

    private final Agent<T> agent;
    private final Leases leases;
    private final Snapshots snapshots;
    private final RunLog runs;
    private final Scheduler scheduler;

    Turn(Agent<T> agent, Leases leases, Snapshots snapshots, RunLog runs, Scheduler scheduler) {
        this.agent = agent;
        this.leases = leases;
        this.snapshots = snapshots;
        this.runs = runs;
        this.scheduler = scheduler;
    }

    /**
     * Takes the turn.
     *
     * @param now whether to look although the agent is not due
     * @return the run; empty when another replica has the agent, it is not due, or there is nothing to look at yet
     */
    Mono<FinishedRun> take(boolean now) {
        return leases.take(terms(), now)
                .flatMap(lease ->
                        lookUnder(lease).switchIfEmpty(leases.giveBack(lease).then(Mono.empty())));
    }

    private Leases.Terms terms() {
        Schedule schedule = agent.schedule();
        return new Leases.Terms(
                agent.source().name(),
                schedule.timeout().plus(CLOSING_TIME),
                schedule.every().multipliedBy(8).dividedBy(10)); // less than the shortest jittered interval
    }

    private Mono<FinishedRun> lookUnder(Lease lease) {
        var calls = new Calls(scheduler);
        var begun = now();
        return Mono.defer(() -> agent.look(calls))
                .timeout(agent.schedule().timeout(), scheduler)
                .flatMap(findings -> judge(findings, lease))
                .onErrorResume(fault -> Mono.just(new Outcome.Failed(reason(fault))))
                .map(outcome -> finished(begun, calls, outcome))
                .flatMap(run -> close(lease, run));
    }

    private Mono<Outcome> judge(Findings<T> findings, Lease lease) {
        return runs.believedSize(agent.source())
                .map(before -> ShortList.doubt(findings.size(), before))
                .flatMap(doubt ->
                        doubt.isPresent() ? Mono.just(new Outcome.Suspicious(doubt.get())) : keep(findings, lease));
    }

    private Mono<Outcome> keep(Findings<T> findings, Lease lease) {
        return snapshots
                .keep(snapshot(findings, lease))
                .map(kept -> kept ? new Outcome.Believed(findings.size()) : new Outcome.Late());
    }

    private Snapshot<T> snapshot(Findings<T> findings, Lease lease) {
        return new Snapshot<>(
                agent.source(), seenAt(findings), lease.fence(), findings.items(), findings.unreachable());
    }

    private Instant seenAt(Findings<T> findings) {
        @Nullable Instant asOf = findings.asOf();
        return asOf == null ? now() : asOf;
    }

    private FinishedRun finished(Instant begun, Calls calls, Outcome outcome) {
        var took = Duration.between(begun, now());
        return new FinishedRun(agent.source(), begun, took, calls.serialTime(), calls.count(), outcome);
    }

    private Mono<FinishedRun> close(Lease lease, FinishedRun run) {
        return runs.close(lease, run).map(held -> held ? run : overtaken(run)).doOnNext(Turn::tell);
    }

    private FinishedRun overtaken(FinishedRun run) {
        return new FinishedRun(
                run.source(), run.startedAt(), run.took(), run.serial(), run.calls(), new Outcome.Late());
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private String reason(Throwable fault) {
        return fault instanceof TimeoutException
                ? "no whole answer within " + agent.schedule().timeout()
                : String.valueOf(fault.getMessage());
    }

    private static void tell(FinishedRun run) {
        switch (run.outcome()) {
            case Outcome.Believed(var size) -> log.debug("{} saw {} in {}", run.source(), size, run.took());
            case Outcome.Suspicious(var reason) -> log.warn("{} is not believed: {}", run.source(), reason);
            case Outcome.Failed(var reason) -> log.warn("{} failed after {}: {}", run.source(), run.took(), reason);
            case Outcome.Late() -> log.warn("{} was overtaken by another replica", run.source());
        }
    }
}
