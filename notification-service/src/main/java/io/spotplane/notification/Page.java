package io.spotplane.notification;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the items
 * @param nextPageToken what to ask the next page with; null when this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken) {

    /** The first {@code size} of {@code found}, which has one more when there is a next page. */
    public static <T> Page<T> of(List<T> found, int size, Function<T, UUID> id) {
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, size);
        return new Page<>(items, PageToken.after(id.apply(items.getLast())));
    }
}
