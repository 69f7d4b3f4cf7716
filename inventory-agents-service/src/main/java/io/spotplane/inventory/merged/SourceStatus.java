package io.spotplane.inventory.merged;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fresh one source of a merged answer is. A source that fails is named here with its age; what it last said stays in the answer.
 *
 * @param source such as {@code ca1.hypervisors}
 * @param asOf when it was last seen whole; null when never
 * @param stale whether that is longer ago than its schedule explains
 * @param ageSeconds how long ago; null when never
 * @param error why the last look did not count; null when it did
 * @param unreachable its parts that did not answer the last time and keep what they said before
 */
public record SourceStatus(
        String source,
        @Nullable Instant asOf,
        boolean stale,
        @Nullable Long ageSeconds,
        @Nullable String error,
        List<String> unreachable) {}
