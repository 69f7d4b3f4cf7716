package io.spotplane.pricing.recommendation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How recommendations are made and kept.
 *
 * @param timeLimit for thinking about one; then the best that was found is answered, with what is known of it
 * @param keep how long they can be looked up
 * @param every how often those that are older are deleted
 */
@ConfigurationProperties("spotplane.pricing.recommendation")
record RecommendationSettings(
        @DefaultValue("2s") Duration timeLimit,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("1h") Duration every) {
    RecommendationSettings {
        positive("time-limit", timeLimit);
        positive("keep", keep);
        positive("every", every);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected more than 0s");
        }
    }
}
