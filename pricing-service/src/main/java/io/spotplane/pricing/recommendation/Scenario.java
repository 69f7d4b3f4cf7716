package io.spotplane.pricing.recommendation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of thumb would buy.
 *
 * @param strategy which rule
 * @param plan its purchase; null when nothing comes into question
 * @param score by the rule's own measure
 * @param breaks the limits of the wish that it does not keep
 */
record Scenario(
        RecommendationRequest.Strategy strategy, @Nullable Plan plan, double score, List<String> breaks) {}
