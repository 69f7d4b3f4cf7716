package io.spotplane.inventory.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a complete, believed look at a source saw.
 *
 * @param source whose
 * @param asOf when the look ended
 * @param fence of the lease under which it was taken; a later look has a greater one
 * @param items what was seen
 * @param unreachable parts that did not answer and keep their last value: name to reason
 */
public record Snapshot<T>(Source<T> source, Instant asOf, long fence, List<T> items, Map<String, String> unreachable) {
    public Snapshot {
        items = List.copyOf(items);
        unreachable = Map.copyOf(unreachable);
    }
}
