package io.spotplane.pricing.shelf;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the shared shelves are followed.
 *
 * @param poll how often a replica looks for newer shelves, should it have missed the word of them; also how soon it notices that Redis is away
 * @param keep how long Redis keeps the shelf of a market that nobody collects any more
 */
@ConfigurationProperties("spotplane.pricing.shelf")
record ShelfSettings(
        @DefaultValue("1s") Duration poll,
        @DefaultValue("7d") Duration keep) {
    ShelfSettings {
        if (!poll.isPositive()) {
            throw new IllegalArgumentException("poll is " + poll + ", expected more than 0s");
        }
        if (keep.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("keep is " + keep + ", expected at least 1m");
        }
    }
}
