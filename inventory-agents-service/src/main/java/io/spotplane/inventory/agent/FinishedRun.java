package io.spotplane.inventory.agent;

import io.spotplane.inventory.snapshot.Source;
import java.time.Duration;
import java.time.Instant;

/**
 * One look that has ended.
 *
 * @param source at what
 * @param startedAt when it began
 * @param took how long it took
 * @param serial how long its remote calls took, summed
 * @param calls how many remote calls it made
 * @param outcome how it ended
 */
public record FinishedRun(
        Source<?> source, Instant startedAt, Duration took, Duration serial, int calls, Outcome outcome) {}
