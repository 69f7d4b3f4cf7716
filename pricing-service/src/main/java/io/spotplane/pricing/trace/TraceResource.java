package io.spotplane.pricing.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace as it is shown.
 *
 * @param id its id
 * @param name whose trace it is
 * @param tickSeconds seconds between two samples
 * @param ticks samples
 * @param hours how long it is
 * @param upShare share of the samples with at least one machine
 * @param turns how often it went from none to some or back
 * @param createdAt when it was brought
 * @param runs its samples as runs of equal ones; absent in lists
 */
record TraceResource(
        UUID id,
        String name,
        double tickSeconds,
        int ticks,
        double hours,
        double upShare,
        int turns,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NewTrace.Run> runs) {

    static TraceResource of(StoredTrace stored, boolean withRuns) {
        var nodes = stored.runs().nodes();
        var lengths = stored.runs().lengths();
        int ticks = 0;
        int up = 0;
        int turns = 0;
        var runs = new ArrayList<NewTrace.Run>();
        for (int at = 0; at < nodes.length; at++) {
            ticks += lengths[at];
            up += nodes[at] > 0 ? lengths[at] : 0;
            turns += at > 0 && nodes[at] > 0 != nodes[at - 1] > 0 ? 1 : 0;
            runs.add(new NewTrace.Run(nodes[at], lengths[at]));
        }
        return new TraceResource(
                stored.id(),
                stored.name(),
                stored.runs().tickMs() / 1000.0,
                ticks,
                rounded(ticks * (stored.runs().tickMs() / 3_600_000.0)),
                rounded((double) up / ticks),
                turns,
                stored.createdAt(),
                withRuns ? runs : null);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
