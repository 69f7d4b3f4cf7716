package io.spotplane.pricing.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is collected, and what is believed of it.
 *
 * @param markets the rhythm of each market by provider name; {@link MarketSettings#DEFAULTS} for those that are not named
 * @param currency the one currency that is served, ISO 4217; rows in another are quarantined
 * @param maxPricePerHour most that a whole machine can honestly cost an hour, in that currency; dearer rows are quarantined
 * @param maxAhead how far a provider's clock may be ahead of ours
 * @param believeShortAfter how many rounds in a row must show less than half of what was for sale before that is believed
 */
@ConfigurationProperties("spotplane.pricing")
public record PricingSettings(
        @DefaultValue Map<String, MarketSettings> markets,
        @DefaultValue("USD") String currency,
        @DefaultValue("10000") BigDecimal maxPricePerHour,
        @DefaultValue("10m") Duration maxAhead,
        @DefaultValue("10") int believeShortAfter) {

    /** What ten thousand nodes cost a month is still an amount of money then. */
    private static final BigDecimal MOST = new BigDecimal("100000");

    public PricingSettings {
        markets = Map.copyOf(markets);
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency is '" + currency + "', expected three letters such as USD");
        }
        if (maxPricePerHour.signum() <= 0 || maxPricePerHour.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "max-price-per-hour is " + maxPricePerHour + ", expected more than 0, at most " + MOST);
        }
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException("max-ahead is " + maxAhead + ", expected at least 0s");
        }
        if (believeShortAfter < 2) {
            throw new IllegalArgumentException("believe-short-after is " + believeShortAfter + ", expected at least 2");
        }
    }

    MarketSettings of(String provider) {
        return markets.getOrDefault(provider, MarketSettings.DEFAULTS);
    }
}
