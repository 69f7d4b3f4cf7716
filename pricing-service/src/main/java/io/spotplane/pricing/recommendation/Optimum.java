package io.spotplane.pricing.recommendation;

import io.spotplane.pricing.recommendation.exact.IntegerProgram;
import io.spotplane.pricing.recommendation.exact.Solution;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest plan, or why there is none.
 *
 * @param choices what there was to choose from
 * @param program the integer program that was solved
 * @param solution what came of it, with its proof
 * @param plan the plan; null when none was found
 */
record Optimum(
        Choices choices,
        IntegerProgram program,
        Solution solution,
        @Nullable Plan plan) {

    Solution.Status status() {
        return solution.status();
    }

    boolean found() {
        return plan != null;
    }
}
