package io.spotplane.inventory.merged;

import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One source: its last good snapshot and how its agent's last look went.
 *
 * @param agent who looks at it
 * @param snapshot the last good one; null when there never was one, or when the store cannot be read
 * @param run the last look; null when there was none, or when the log cannot be read
 * @param storeFault what is wrong with our own stores; null when nothing is
 */
public record SourceState<T>(
        Agent<T> agent,
        @Nullable Snapshot<T> snapshot,
        @Nullable LoggedRun run,
        @Nullable String storeFault) {

    /** The source. */
    public Source<T> source() {
        return agent.source();
    }

    /** What callers are told of it at {@code now}. */
    public SourceStatus status(Instant now) {
        var age = snapshot == null ? null : Duration.between(snapshot.asOf(), now);
        var stale = age == null || age.compareTo(agent.schedule().staleAfter()) > 0;
        return new SourceStatus(
                source().name(),
                snapshot == null ? null : snapshot.asOf(),
                stale,
                age == null ? null : Math.max(0, age.toSeconds()),
                error(),
                unreachable());
    }

    /** Whether what is known of this source will not change by merely waiting for its first look. */
    public boolean settled() {
        return snapshot != null || (run != null && run.lastSuccessAt() == null);
    }

    private @Nullable String error() {
        return Stream.of(run == null ? null : run.error(), storeFault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private List<String> unreachable() {
        return snapshot == null
                ? List.of()
                : snapshot.unreachable().keySet().stream().sorted().toList();
    }
}
