package io.spotplane.inventory.fake;

import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.merged.SourceState;
import io.spotplane.inventory.merged.SourceStates;
import io.spotplane.inventory.snapshot.GpuUse;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The sources of one cloud {@code ca1} and one catalogue {@code netbox}, each with or without a snapshot. */
public final class KnownSources {

    public static final Instant SEEN = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<Source<?>, SourceState<?>> states = new LinkedHashMap<>();
    private Instant seenAt = SEEN;

    public KnownSources() {
        notYet(Source.aggregatesOf("ca1"));
        notYet(Source.hypervisorsOf("ca1"));
        notYet(Source.serversOf("ca1"));
        notYet(Source.gpuUseOf("ca1"));
        notYet(Source.devicesOf("netbox"));
    }

    /** Everything is seen at {@code at} from here on. */
    public KnownSources at(Instant at) {
        seenAt = at;
        return this;
    }

    public KnownSources hypervisors(Hypervisor... seen) {
        return seen(Source.hypervisorsOf("ca1"), List.of(seen));
    }

    public KnownSources hosts(String... names) {
        return seen(
                Source.hypervisorsOf("ca1"),
                List.of(names).stream()
                        .map(name -> hypervisor(name, "up", "enabled"))
                        .toList());
    }

    public KnownSources aggregates(HostAggregate... seen) {
        return seen(Source.aggregatesOf("ca1"), List.of(seen));
    }

    public KnownSources use(GpuUse... seen) {
        return seen(Source.serversOf("ca1"), List.of()).seen(Source.gpuUseOf("ca1"), List.of(seen));
    }

    public KnownSources devices(CatalogHost... seen) {
        return seen(Source.devicesOf("netbox"), List.of(seen));
    }

    /** The source was never seen and its first look has not ended. */
    public KnownSources notYet(Source<?> source) {
        states.put(source, new SourceState<>(agent(source), null, null, null));
        return this;
    }

    /** The source was never seen, and its looks fail. */
    public KnownSources neverWell(Source<?> source) {
        states.put(source, new SourceState<>(agent(source), null, run(source, null), null));
        return this;
    }

    /** The source was seen once, but its snapshot is gone. */
    public KnownSources forgotten(Source<?> source) {
        states.put(source, new SourceState<>(agent(source), null, run(source, SEEN), null));
        return this;
    }

    public SourceStates states() {
        return new SourceStates(List.copyOf(states.values()));
    }

    public static Hypervisor hypervisor(String host, String state, String status) {
        return new Hypervisor("id-" + host, host, state, status, null, 192, 1_800_000, 3);
    }

    public static HostAggregate aggregate(String id, String name, String... hosts) {
        return new HostAggregate(id, name, null, List.of(hosts), Map.of());
    }

    public static CatalogHost device(String name, String status, String gpuModel) {
        return new CatalogHost("1", name, status, "CA1", "R12", "Investor A", gpuModel, true, List.of(), null);
    }

    private <T> KnownSources seen(Source<T> source, List<T> items) {
        var snapshot = new Snapshot<>(source, seenAt, 1, items, Map.of());
        states.put(source, new SourceState<>(agent(source), snapshot, run(source, seenAt), null));
        return this;
    }

    private static LoggedRun run(Source<?> source, Instant lastSuccessAt) {
        var error = lastSuccessAt == null ? "forbidden" : null;
        return new LoggedRun(
                source.name(), SEEN, Duration.ofSeconds(1), Duration.ofSeconds(4), 4, "x", error, 0, lastSuccessAt, 4);
    }

    private static <T> Agent<T> agent(Source<T> source) {
        return new Agent<>() {
            @Override
            public Source<T> source() {
                return source;
            }

            @Override
            public Schedule schedule() {
                return new Schedule(Duration.ofSeconds(15), Duration.ofSeconds(20));
            }

            @Override
            public Mono<Findings<T>> look(Calls calls) {
                throw new UnsupportedOperationException("this fixture does not look");
            }
        };
    }
}
