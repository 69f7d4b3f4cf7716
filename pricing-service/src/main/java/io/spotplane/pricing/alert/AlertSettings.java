package io.spotplane.pricing.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Price alerts.
 *
 * @param maxPerTenant how many a tenant may have
 * @param every how often alerts are looked for that not every market has spoken about yet
 * @param outlookEvery how often bids are judged anew without a change of price, where their prospects are estimated
 */
@ConfigurationProperties("spotplane.pricing.alerts")
record AlertSettings(
        @DefaultValue("100") int maxPerTenant,
        @DefaultValue("1s") Duration every,
        @DefaultValue("5m") Duration outlookEvery) {
    AlertSettings {
        if (maxPerTenant < 1) {
            throw new IllegalArgumentException("max-per-tenant is " + maxPerTenant + ", expected at least 1");
        }
        if (!every.isPositive() || !outlookEvery.isPositive()) {
            throw new IllegalArgumentException(
                    "every is " + every + ", outlook-every is " + outlookEvery + ", expected more than 0s");
        }
    }
}
