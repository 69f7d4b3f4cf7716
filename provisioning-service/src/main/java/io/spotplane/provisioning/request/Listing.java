package io.spotplane.provisioning.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items what is on it
 * @param nextPageToken where the next page begins; null on the last
 */
record Listing<T>(List<T> items, @Nullable String nextPageToken) {

    private static final int MAX = 200;

    /** A size that is asked for, brought into bounds. */
    static int size(int asked) {
        return Math.clamp(asked, 1, MAX);
    }

    /** A page of {@code size} out of {@code found}, which has one more when there is another page. */
    static <T> Listing<T> of(List<T> found, int size, Function<T, String> tokenAfter) {
        if (found.size() <= size) {
            return new Listing<>(found, null);
        }
        var items = List.copyOf(found.subList(0, size));
        return new Listing<>(items, tokenAfter.apply(items.getLast()));
    }
}
