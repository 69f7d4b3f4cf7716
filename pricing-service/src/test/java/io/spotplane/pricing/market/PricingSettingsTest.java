package io.spotplane.pricing.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PricingSettingsTest {

    @Test
    void hasARhythmForMarketsThatAreNotNamed() {
        assertThat(bound(Map.of()).of("runpod")).isEqualTo(MarketSettings.DEFAULTS);
    }

    @Test
    void fillsUpWhatIsNotSaidOfAMarket() {
        // When
        var settings = bound(Map.of("spotplane.pricing.markets.aws.every", "45s"));
        // Then
        assertThat(settings.of("aws"))
                .isEqualTo(new MarketSettings(
                        Duration.ofSeconds(45),
                        MarketSettings.DEFAULTS.timeout(),
                        MarketSettings.DEFAULTS.staleAfter()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            markets.aws.every      | 500ms | every is PT0.5S, expected at least 1s
            markets.aws.timeout    | 0s    | timeout is PT0S, expected more than 0s
            markets.aws.stale-after| 10s   | stale-after is PT10S, expected not less than every (PT30S)
            currency               | usd   | currency is 'usd', expected three letters such as USD
            markets.aws.debounce   | -1s   | debounce is PT-1S, expected 0s to 7d
            markets.aws.debounce   | 8d    | debounce is PT192H, expected 0s to 7d
            markets.aws.refresh-pause| 0s  | refresh-pause is PT0S, expected at least 1s
            max-price-per-hour     | 0     | max-price-per-hour is 0, expected more than 0, at most 100000
            max-price-per-hour     | 100001| max-price-per-hour is 100001, expected more than 0, at most 100000
            max-ahead              | -1s   | max-ahead is PT-1S, expected at least 0s
            believe-short-after    | 1     | believe-short-after is 1, expected at least 2
            """)
    void refusesWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of("spotplane.pricing." + name, value)))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage(message);
    }

    private static PricingSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spotplane.pricing", PricingSettings.class);
    }
}
