package io.spotplane.pricing.offering;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of offerings.
 *
 * @param items cheapest first
 * @param nextPageToken for the next page; null at the end
 * @param sources the markets that were asked
 */
record OfferingPage(
        List<OfferedOffering> items,

        @Schema(description = "For the next page, with the same filters; null at the end") @Nullable
        String nextPageToken,

        List<SourceState> sources) {}
