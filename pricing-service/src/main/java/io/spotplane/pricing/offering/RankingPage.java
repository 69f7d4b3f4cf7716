package io.spotplane.pricing.offering;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a ranking.
 *
 * @param items best first
 * @param nextPageToken for the next page; null at the end
 * @param goesBy metric and weights
 * @param leftOut matches without a score
 * @param sources the markets that were asked
 */
record RankingPage(
        List<Item> items,

        @Schema(description = "For the next page, with the same filters and weights; null at the end") @Nullable
        String nextPageToken,

        Metric goesBy,
        LeftOut leftOut,
        List<SourceState> sources) {

    /**
     * An offering with its score.
     *
     * @param score price an hour for each weighted unit, rounded to six places; lower is better
     * @param offering the offering
     */
    record Item(
            @Schema(
                    type = "string",
                    description = "Price an hour by weighted unit; lower is better",
                    example = "0.000500")
            @JsonFormat(shape = JsonFormat.Shape.STRING)
            BigDecimal score,

            @JsonUnwrapped OfferedOffering offering) {}

    /**
     * Matches that have no score.
     *
     * @param count how many
     * @param reason why
     */
    record LeftOut(
            @Schema(example = "3") int count,

            @Schema(
                    example = "NOTHING_COUNTS",
                    description =
                            "NOTHING_COUNTS: the machine has nothing that the metric counts, or its provider does not say")
            String reason) {}
}
