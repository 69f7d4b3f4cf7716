package io.spotplane.pricing.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the price history is kept.
 *
 * @param keep how long it is kept at least; months that ended before are dropped whole
 * @param raw how long changes are kept one by one; days that ended before are condensed
 * @param monthsAhead partitions made before their month begins; at least 1
 * @param every how often all that is looked after
 */
@ConfigurationProperties("spotplane.pricing.history")
record HistorySettings(
        @DefaultValue("400d") Duration keep,
        @DefaultValue("90d") Duration raw,
        @DefaultValue("2") int monthsAhead,
        @DefaultValue("6h") Duration every) {
    HistorySettings {
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("keep is " + keep + ", expected at least 1d");
        }
        if (raw.compareTo(Duration.ofDays(1)) < 0 || raw.compareTo(keep) > 0) {
            throw new IllegalArgumentException("raw is " + raw + ", expected at least 1d and at most keep, " + keep);
        }
        if (monthsAhead < 1) {
            throw new IllegalArgumentException("months-ahead is " + monthsAhead + ", expected at least 1");
        }
        if (!every.isPositive()) {
            throw new IllegalArgumentException("every is " + every + ", expected more than 0s");
        }
    }
}
