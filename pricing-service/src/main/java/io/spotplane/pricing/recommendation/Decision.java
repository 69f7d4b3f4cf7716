package io.spotplane.pricing.recommendation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was found out for a wish.
 *
 * @param wish what was wanted
 * @param optimum the cheapest plan, or that there is none
 * @param explanation why there is none; null when there is one, or nobody knows
 * @param scenarios what the rules of thumb would buy
 * @param candidates what became of every offering, by id
 */
record Decision(
        Wish wish,
        Optimum optimum,
        @Nullable Explanation explanation,
        List<Scenario> scenarios,
        List<LeftOut> candidates) {}
