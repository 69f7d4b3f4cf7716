package io.spotplane.pricing.risk.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammaRateTest {

    @Test
    void agreesWithTheExponentialDistributionItContains() {
        // Given
        var exponential = new GammaRate(1, 2);
        // When / Then
        assertThat(exponential.mean()).isEqualTo(0.5);
        assertThat(exponential.quantile(0.5)).isCloseTo(Math.log(2) / 2, within(1e-9));
        assertThat(exponential.chanceOfNone()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.1, 0.5, 1, 10, 1e4, 1e8})
    void hasQuantilesInOrderForEveryShape(double shape) {
        // Given
        var rate = new GammaRate(shape, shape);
        // When
        double low = rate.quantile(0.05);
        double high = rate.quantile(0.95);
        // Then
        assertThat(low).isGreaterThanOrEqualTo(0).isLessThan(high);
        assertThat(high).isFinite();
    }

    @Test
    void isAsGoodAsNothingWhenNothingIsExpected() {
        assertThat(GammaRate.of(0, 0).chanceOfNone()).isCloseTo(1, within(1e-9));
    }
}
