package io.spotplane.inventory.fake;

import io.spotplane.inventory.agent.FinishedRun;
import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.agent.Outcome;
import io.spotplane.inventory.agent.RunLog;
import io.spotplane.inventory.lease.Lease;
import io.spotplane.inventory.lease.Leases;
import io.spotplane.inventory.snapshot.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The run log in memory; remembers every run. */
public final class MemoryRunLog implements RunLog {

    private final List<FinishedRun> finished = new ArrayList<>();
    private final Map<String, LoggedRun> last = new HashMap<>();
    private final Set<String> trusted = new HashSet<>();
    private final Leases leases;

    public MemoryRunLog(Leases leases) {
        this.leases = leases;
    }

    @Override
    public Mono<Integer> believedSize(Source<?> source) {
        return Mono.fromSupplier(() -> trusted.contains(source.name()) ? 0 : sizeOf(last.get(source.name())));
    }

    @Override
    public Mono<Boolean> close(Lease lease, FinishedRun run) {
        return leases.giveBack(lease).doOnNext(held -> {
            if (held) {
                remember(run);
            }
        });
    }

    @Override
    public Mono<Map<String, LoggedRun>> lastRuns() {
        return Mono.fromSupplier(() -> Map.copyOf(last));
    }

    @Override
    public Mono<Boolean> believeNext(String agent) {
        return Mono.fromSupplier(() -> last.containsKey(agent) && trusted.add(agent));
    }

    /** Every recorded run of {@code source}, oldest first. */
    public List<FinishedRun> of(Source<?> source) {
        return finished.stream().filter(run -> run.source().equals(source)).toList();
    }

    private void remember(FinishedRun run) {
        finished.add(run);
        var before = last.get(run.source().name());
        last.put(run.source().name(), toLogged(run, before));
        if (run.outcome() instanceof Outcome.Believed) {
            trusted.remove(run.source().name());
        }
    }

    private static LoggedRun toLogged(FinishedRun run, @Nullable LoggedRun before) {
        return run.outcome() instanceof Outcome.Believed(var size)
                ? logged(run, null, 0, run.startedAt(), size)
                : logged(
                        run,
                        error(run.outcome()),
                        before == null ? 1 : before.consecutiveFailures() + 1,
                        before == null ? null : before.lastSuccessAt(),
                        before == null ? null : before.believedSize());
    }

    private static LoggedRun logged(
            FinishedRun run,
            @Nullable String error,
            int failures,
            java.time.@Nullable Instant lastSuccessAt,
            @Nullable Integer size) {
        return new LoggedRun(
                run.source().name(),
                run.startedAt(),
                run.took(),
                run.serial(),
                run.calls(),
                run.outcome().wireName(),
                error,
                failures,
                lastSuccessAt,
                size);
    }

    private static String error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Suspicious(var reason) -> reason;
            case Outcome.Failed(var reason) -> reason;
            default -> outcome.wireName();
        };
    }

    private static int sizeOf(@Nullable LoggedRun run) {
        return run == null || run.believedSize() == null ? 0 : run.believedSize();
    }
}
