package io.spotplane.notification.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the stream wants to see.
 *
 * @param types patterns, see {@link EventPattern}; empty for all
 * @param requestId only what is about this request; null for all
 */
record Wanted(List<String> types, @Nullable String requestId) {
    Wanted {
        types = List.copyOf(types);
    }
}
