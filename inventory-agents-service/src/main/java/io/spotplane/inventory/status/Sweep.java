package io.spotplane.inventory.status;

import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.merged.SourceState;
import io.spotplane.inventory.merged.SourceStates;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last round of all agents together. They run beside one another, so a round takes as long as its longest look; one after another without
 * concurrency it would take as long as all remote calls summed.
 *
 * @param durationMs the longest last look
 * @param serialMs all remote calls of the last looks, summed
 * @param speedUp serialMs ÷ durationMs; null before the first look
 * @param hosts hosts that are known
 * @param hostsPerSecond hosts ÷ duration; null before the first look
 */
record Sweep(
        long durationMs,
        long serialMs,
        @Nullable Double speedUp,
        int hosts,
        @Nullable Double hostsPerSecond) {

    static Sweep of(SourceStates sources, int hosts) {
        var runs = sources.all().stream()
                .map(SourceState::run)
                .filter(Objects::nonNull)
                .toList();
        var longest = runs.stream()
                .map(LoggedRun::took)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
        var serial = runs.stream()
                .map(LoggedRun::serial)
                .mapToLong(Duration::toMillis)
                .sum();
        return new Sweep(longest, serial, ratio(serial, longest), hosts, ratio(hosts * 1000L, longest));
    }

    private static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : Math.round(10.0 * part / whole) / 10.0;
    }
}
