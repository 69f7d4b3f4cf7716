package io.spotplane.inventory.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs every agent as a duty of its own, so that none waits for another. Tells {@link #whenBelieved listeners} of each new snapshot.
 */
public final class AgentRunner implements SmartLifecycle {

    private final Map<Source<?>, Duty> duties = new LinkedHashMap<>();
    private final List<Agent<?>> agents;
    private final List<Consumer<Source<?>>> listeners = new ArrayList<>();
    private final Stores stores;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private Disposable.Composite running = Disposables.composite();
    private volatile boolean started;

    public AgentRunner(List<Agent<?>> agents, Stores stores, Scheduler scheduler, RandomGenerator random) {
        this.agents = List.copyOf(agents);
        this.stores = stores;
        this.scheduler = scheduler;
        this.random = random;
        agents.forEach(this::add);
    }

    /** Where runs leave their traces. */
    public record Stores(Leases leases, Snapshots snapshots, RunLog runs, MeterRegistry meters) {}

    /** Every agent, in the order of the settings. */
    public List<Agent<?>> agents() {
        return agents;
    }

    /** Has {@code listener} called after each new snapshot; register before the start. */
    public void whenBelieved(Consumer<Source<?>> listener) {
        listeners.add(listener);
    }

    /** Has every agent look now. One that is looking already looks once more afterwards. */
    public void wakeAll() {
        duties.values().forEach(Duty::wake);
    }

    @Override
    public void start() {
        running =
                Disposables.composite(duties.values().stream().map(Duty::start).toList());
        started = true;
    }

    @Override
    public void stop() {
        running.dispose();
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private void add(Agent<?> agent) {
        var duty = dutyOf(agent);
        duties.put(agent.source(), duty);
        agent.wokenBy().ifPresent(source -> whenBelieved(seen -> wakeWhen(seen.equals(source), duty)));
    }

    private static void wakeWhen(boolean seen, Duty duty) {
        if (seen) {
            duty.wake();
        }
    }

    private Duty dutyOf(Agent<?> agent) {
        var turn = new Turn<>(agent, stores.leases(), stores.snapshots(), stores.runs(), scheduler);
        return new Duty(agent.source().name(), woken -> step(agent, turn, woken), scheduler);
    }

    private Mono<Duration> step(Agent<?> agent, Turn<?> turn, boolean woken) {
        var every = agent.schedule().every();
        return turn.take(woken)
                .doOnNext(this::measure)
                .doOnNext(this::tellListeners)
                .map(run -> restAfter(run, every))
                // Another replica has it, or it is not due yet: look again soon, so that the other's end is not felt.
                .defaultIfEmpty(jittered(every.dividedBy(4)));
    }

    private void tellListeners(FinishedRun run) {
        if (run.outcome() instanceof Outcome.Believed) {
            listeners.forEach(listener -> listener.accept(run.source()));
        }
    }

    private void measure(FinishedRun run) {
        stores.meters()
                .timer(
                        "spotplane.inventory.agent.runs",
                        "agent",
                        run.source().name(),
                        "outcome",
                        run.outcome().wireName())
                .record(run.took());
    }

    /** The schedule counts from start to start; a look that took longer than that gets a breath. */
    private Duration restAfter(FinishedRun run, Duration every) {
        var rest = jittered(every).minus(run.took());
        var breath = every.dividedBy(10);
        return rest.compareTo(breath) > 0 ? rest : breath;
    }

    private Duration jittered(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * random.nextDouble(0.9, 1.1)));
    }
}
