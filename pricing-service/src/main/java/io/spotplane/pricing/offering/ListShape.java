package io.spotplane.pricing.offering;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that say how a list of offerings is shown.
 *
 * @param sort {@code price} or {@code pricePerGpu}
 * @param nodes how many of each to price
 * @param pageSize items a page
 * @param pageToken where to go on
 */
record ListShape(
        @Parameter(
                description =
                        "price (the default), or pricePerGpu, which leaves machines without GPUs out. Of two that cost the same the one with"
                                + " more vCPUs comes first, then the name decides",
                example = "price")
        @Pattern(regexp = "price|pricePerGpu")
        @Nullable
        String sort,

        @Parameter(description = "Adds to each offering what this many of it cost an hour and a month", example = "5")
        @Min(1)
        @Max(MAX_NODES)
        @Nullable
        Integer nodes,

        @Parameter(description = "Items a page, 50 when absent; more than 200 counts as 200", example = "50")
        @Min(1)
        @Nullable
        Integer pageSize,

        @Parameter(description = "nextPageToken of the page before, with the same filters") @Nullable
        String pageToken) {

    static final int MAX_NODES = 10_000;
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 200;

    Sort order() {
        return sort == null ? Sort.PRICE : Sort.named(sort);
    }

    int limit() {
        return limit(pageSize);
    }

    /** How many items a page has that was asked for with {@code pageSize}. */
    static int limit(@Nullable Integer pageSize) {
        return Math.min(Objects.requireNonNullElse(pageSize, DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
    }
}
