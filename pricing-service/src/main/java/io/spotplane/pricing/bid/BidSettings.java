package io.spotplane.pricing.bid;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How bids are chosen.
 *
 * @param halfLife after which what was seen counts half; at least 1 d
 */
@ConfigurationProperties("spotplane.pricing.bids")
record BidSettings(@DefaultValue("30d") Duration halfLife) {
    BidSettings {
        if (halfLife.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("half-life is " + halfLife + ", expected at least 1d");
        }
    }
}
