package io.spotplane.pricing.recommendation;

import static io.spotplane.pricing.recommendation.Auctions.auctioned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.recommendation.Losses.Holding;
import io.spotplane.pricing.risk.Pool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final Map<String, Double> INDEPENDENT = Map.of();
    private static final Map<String, Double> TOGETHER = Map.of("auctions/east", 2.79);

    @Test
    void losesAPoolAsAWhole() {
        var losses = Losses.of(List.of(new Holding(option("east", "a", 0.2), 3)), INDEPENDENT);
        assertThat(losses.distribution()).containsExactly(new double[] {0.8, 0, 0, 0.2}, within(1e-12));
        assertThat(losses.moreThan(0)).isCloseTo(0.2, within(1e-12));
        assertThat(losses.moreThan(3)).isZero();
    }

    @Test
    void losesTheLowerBidFirst() {
        var losses = Losses.of(
                List.of(new Holding(option("east", "a", 0.1), 2), new Holding(option("east", "a", 0.3), 1)),
                INDEPENDENT);
        assertThat(losses.distribution()).containsExactly(new double[] {0.7, 0.2, 0, 0.1}, within(1e-12));
    }

    @Test
    void losesPoolsOfOtherRegionsIndependently() {
        var losses = Losses.of(
                List.of(new Holding(option("east", "a", 0.2), 1), new Holding(option("west", "a", 0.5), 1)), TOGETHER);
        assertThat(losses.distribution()).containsExactly(new double[] {0.4, 0.5, 0.1}, within(1e-12));
    }

    @Test
    void losesPoolsOfOneRegionTogetherAsOftenAsMeasuredAndEachAsOftenAsBefore() {
        var losses = Losses.of(
                List.of(new Holding(option("east", "a", 0.1), 1), new Holding(option("east", "b", 0.2), 1)), TOGETHER);
        var distribution = losses.distribution();
        assertThat(distribution[2]).isCloseTo(2.79 * 0.1 * 0.2, within(1e-12));
        assertThat(distribution[1] + 2 * distribution[2]).isCloseTo(0.1 + 0.2, within(1e-12));
        assertThat(distribution[0] + distribution[1] + distribution[2]).isCloseTo(1, within(1e-12));
    }

    @Test
    void neverExceedsCertainty() {
        var losses = Losses.of(
                List.of(new Holding(option("east", "a", 0.9), 1), new Holding(option("east", "b", 0.95), 1)), TOGETHER);
        var distribution = losses.distribution();
        assertThat(distribution[1] + 2 * distribution[2]).isCloseTo(1.85, within(1e-12));
        for (double chance : distribution) {
            assertThat(chance).isBetween(0.0, 1.0);
        }
    }

    private static Option option(String region, String type, double lost) {
        var offering = auctioned(region, type, 4, 16, "0.05");
        return new Option(offering, Pool.of(offering), null, 50_000, 50_000, 50_000, lost);
    }
}
