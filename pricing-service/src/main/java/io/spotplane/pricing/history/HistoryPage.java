package io.spotplane.pricing.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an offering's history.
 *
 * @param offeringId the offering
 * @param items newest first
 * @param nextPageToken for the next page; null at the end
 */
record HistoryPage(
        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
        String offeringId,

        List<PastPrice> items,

        @Schema(description = "For the next page, with the same window; null at the end") @Nullable
        String nextPageToken) {

    /** The first {@code size} of {@code found}, of which one more was asked for than fits. */
    static HistoryPage of(Window window, List<PastPrice> found, int size) {
        var items = found.subList(0, Math.min(size, found.size()));
        var next = found.size() > size ? window.tokenAfter(items.getLast().receivedAt()) : null;
        return new HistoryPage(window.offeringId(), List.copyOf(items), next);
    }
}
