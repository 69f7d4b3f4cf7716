package io.spotplane.pricing.bid;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A chance to survive, and how sure that is.
 *
 * @param probability the estimate, 0 to 1
 * @param low lower end of the 90 % credible interval
 * @param high upper end of the 90 % credible interval
 */
@Schema(description = "A probability with its 90 % credible interval")
public record Survival(
        @Schema(example = "0.993") double probability,
        @Schema(example = "0.978") double low,
        @Schema(example = "0.999") double high) {

    /** Certainly lost: the market is above the bid now. */
    static final Survival NONE = new Survival(0, 0, 0);
}
