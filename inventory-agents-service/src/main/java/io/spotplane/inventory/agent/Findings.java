package io.spotplane.inventory.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look saw.
 *
 * @param items what was seen
 * @param size what this list is measured by when the next one is suspiciously short; not always the number of items
 * @param unreachable parts that did not answer: name to reason
 * @param asOf when it was seen; null for now
 */
public record Findings<T>(
        List<T> items,
        int size,
        Map<String, String> unreachable,
        @Nullable Instant asOf) {

    /** A whole list, seen now. */
    public static <T> Findings<T> of(List<T> items) {
        return new Findings<>(items, items.size(), Map.of(), null);
    }
}
