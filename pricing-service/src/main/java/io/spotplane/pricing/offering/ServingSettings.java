package io.spotplane.pricing.offering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers may be kept by those who asked.
 *
 * @param maxAge how long a client may show an answer without asking again; at least 0
 */
@ConfigurationProperties("spotplane.pricing.serving")
record ServingSettings(@DefaultValue("5s") Duration maxAge) {
    ServingSettings {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("max-age is " + maxAge + ", expected at least 0s");
        }
    }
}
