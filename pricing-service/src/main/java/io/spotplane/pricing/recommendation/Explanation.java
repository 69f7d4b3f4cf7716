package io.spotplane.pricing.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no plan.
 *
 * @param conflict limits that leave no plan together, and of which none can be left out without there being one
 * @param loosened limits of which each, given that much alone, leaves a plan
 * @param together when no limit alone is enough: some that are, given together
 * @param complete whether the time sufficed for all of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        @Schema(description = "Limits that leave no plan together; without any one of them there would be one")
        List<String> conflict,

        @Schema(description = "Limits of which each, given that much alone, leaves a plan; verified by solving")
        List<Loosened> loosened,

        @Schema(description = "When no limit alone is enough: some that are, given together; verified by solving")
        @Nullable
        List<Loosened> together,

        @Schema(description = "Whether the time sufficed to look at all limits")
        boolean complete) {

    /**
     * A limit that gave.
     *
     * @param limit which
     * @param pointer where it stands in the request
     * @param asked as it was
     * @param needed the least that it must become; absent when it must go altogether
     * @param difference between the two, where they are numbers
     * @param billed what the plan that there is then would be billed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Loosened(
            @Schema(example = "BUDGET_MOST") String limit,
            @Schema(example = "/budget/most") String pointer,
            @Schema(example = "1.00") String asked,

            @Schema(example = "1.37", description = "The least that it must become; absent when it must go altogether")
            @Nullable
            String needed,

            @Schema(example = "0.37") @Nullable String difference,
            HourlyPrice billed) {}
}
