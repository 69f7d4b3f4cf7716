package io.spotplane.inventory.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.spotplane.inventory.agent.AgentRunner;
import io.spotplane.inventory.agent.Duty;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.MergedInventory;
import io.spotplane.inventory.merged.Pool;
import io.spotplane.inventory.merged.SourceState;
import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Gauges over the merged view, the same from every replica: {@code spotplane.inventory.age{source}} in seconds (NaN before the first sight),
 * {@code spotplane.inventory.unreachable{source}}, {@code spotplane.inventory.hosts{pool}}, {@code spotplane.inventory.gpus.free{pool}}.
 */
@Component
class InventoryMeters implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final AtomicReference<@Nullable InventoryView> latest = new AtomicReference<>();
    private final MergedInventory inventory;
    private final Scheduler clock;
    private final Duty duty;
    private Disposable running = Disposables.disposed();

    InventoryMeters(MergedInventory inventory, AgentRunner agents, MeterRegistry meters, Scheduler clock) {
        this.inventory = inventory;
        this.clock = clock;
        this.duty = new Duty("measure", woken -> look(), clock);
        agents.agents().forEach(agent -> gaugesOf(agent.source(), meters));
        for (var pool : Pool.values()) {
            gaugesOf(pool, meters);
        }
    }

    @Override
    public void start() {
        running = duty.start();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    private Mono<Duration> look() {
        return inventory.now().doOnNext(latest::set).thenReturn(EVERY);
    }

    private void gaugesOf(Source<?> source, MeterRegistry meters) {
        var tags = Tags.of("source", source.name());
        Gauge.builder("spotplane.inventory.age", latest, reading(view -> age(view, source)))
                .tags(tags)
                .baseUnit("seconds")
                .register(meters);
        meters.gauge("spotplane.inventory.unreachable", tags, latest, reading(view -> unreachable(view, source)));
    }

    private void gaugesOf(Pool pool, MeterRegistry meters) {
        var tags = Tags.of("pool", pool.name());
        meters.gauge("spotplane.inventory.hosts", tags, latest, reading(view -> hosts(view, pool)));
        meters.gauge("spotplane.inventory.gpus.free", tags, latest, reading(view -> gpusFree(view, pool)));
    }

    private static ToDoubleFunction<AtomicReference<@Nullable InventoryView>> reading(
            ToDoubleFunction<InventoryView> value) {
        return latest -> {
            var view = latest.get();
            return view == null ? Double.NaN : value.applyAsDouble(view);
        };
    }

    private double age(InventoryView view, Source<?> source) {
        var now = Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
        return view.sources()
                .snapshot(source)
                .map(snapshot -> Duration.between(snapshot.asOf(), now).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private static double unreachable(InventoryView view, Source<?> source) {
        return view.sources().all().stream()
                .filter(state -> state.source().equals(source))
                .map(SourceState::snapshot)
                .mapToInt(snapshot ->
                        snapshot == null ? 0 : snapshot.unreachable().size())
                .sum();
    }

    private static long hosts(InventoryView view, Pool pool) {
        return view.hosts().stream().filter(host -> host.pool() == pool).count();
    }

    private static int gpusFree(InventoryView view, Pool pool) {
        return view.hosts().stream()
                .filter(host -> host.pool() == pool)
                .mapToInt(host -> host.gpuFree())
                .sum();
    }
}
