package io.spotplane.pricing.risk.hazard;

import static io.spotplane.pricing.risk.hazard.Lives.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.BandRates.Basis.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HazardModelTest {

    private static final Pool ZONE_A = pool("us-west-2", "us-west-2a");
    private static final Pool ZONE_B = pool("us-west-2", "us-west-2b");
    private static final Pool ELSEWHERE = new Pool("gcp", "us-central1", "us-central1-c", "n1-highcpu-16");

    @Test
    void answersTheCarriedPriorAndSaysSoWhenNothingWasSeen() {
        // When
        var rates = fit(Map.of()).of(ZONE_A);
        // Then
        assertThat(rates.basis().level()).isEqualTo(Level.PRIOR);
        for (var band : AgeBand.values()) {
            assertThat(rates.perHour(band).mean()).isCloseTo(Process.RECLAIM.prior(band), within(1e-9));
        }
        assertThat(rates.perHour(AgeBand.OLDER).quantile(0.95))
                .as("hardly anything is known")
                .isGreaterThan(3 * Process.RECLAIM.prior(AgeBand.OLDER));
    }

    @Test
    void learnsTheHazardOfAPoolThatWasSeenForLong() {
        // Given
        var lives = Lives.constant(ZONE_A, 0.2, Lives.after(Duration.ofDays(400)), new Random(1));
        // When
        var rates = fit(Map.of(ZONE_A, Lives.exposure(lives))).of(ZONE_A);
        // Then
        assertThat(rates.basis().level()).isEqualTo(Level.POOL);
        assertThat(rates.perHour(AgeBand.UNDER_3_HOURS).mean()).isCloseTo(0.2, within(0.03));
        assertThat(rates.between(0, 10).chanceOfNone()).isCloseTo(Math.exp(-2), within(0.03));
    }

    @Test
    void knowsAPoolThatNobodySawFromItsNeighboursButLessSurely() {
        // Given
        var seen = Map.of(
                ZONE_A, quiet(2_000, 2), pool("us-west-2", "us-west-2c"), quiet(2_000, 3), ELSEWHERE, quiet(100, 60));
        // When
        var model = fit(seen);
        var neighbour = model.of(ZONE_B);
        var itself = model.of(ZONE_A);
        // Then
        assertThat(neighbour.basis().level()).isEqualTo(Level.REGION);
        double neighbours = neighbour.between(0, 24).mean();
        assertThat(neighbours).isLessThan(model.of(ELSEWHERE).between(0, 24).mean() / 5);
        assertThat(width(neighbour)).isGreaterThan(width(itself));
    }

    @Test
    void takesAProvidersWordForAPoolThatNobodySaw() {
        // Given
        StatedRates fewPercentAMonth = pool -> OptionalDouble.of(0.025);
        // When
        var stated =
                HazardModel.fit(Process.RECLAIM, Map.of(), fewPercentAMonth).of(ZONE_A);
        // Then
        assertThat(stated.basis().level()).isEqualTo(Level.STATED);
        assertThat(stated.between(0, 24).chanceOfNone()).isGreaterThan(0.85);
        assertThat(fit(Map.of()).of(ZONE_A).between(0, 24).chanceOfNone()).isLessThan(0.5);
    }

    @Test
    void believesItsEyesMoreThanTheProvidersWord() {
        // Given
        StatedRates fewPercentAMonth = pool -> OptionalDouble.of(0.025);
        var lives = Lives.constant(ZONE_A, 0.3, Lives.after(Duration.ofDays(2)), new Random(2));
        // When
        var rates = HazardModel.fit(Process.RECLAIM, Map.of(ZONE_A, Lives.exposure(lives)), fewPercentAMonth)
                .of(ZONE_A);
        // Then
        assertThat(rates.between(0, 24).chanceOfNone()).isLessThan(0.3);
    }

    @Test
    void isRightAboutAsOftenAsItsIntervalsSay() {
        // Given: pools whose levels differ as the model supposes, seen for a few days
        var random = new Random(3);
        int inside = 0;
        int pools = 300;
        var seen = new HashMap<Pool, Exposure>();
        var truth = new HashMap<Pool, Double>();
        for (int at = 0; at < pools; at++) {
            var pool = pool("region-" + at % 10, "zone-" + at);
            double perHour = 0.1 * (-Math.log(1 - random.nextDouble()) - Math.log(1 - random.nextDouble())) / 2;
            truth.put(pool, perHour);
            seen.put(
                    pool,
                    Lives.exposure(
                            Lives.constant(pool, Math.max(perHour, 1e-4), Lives.after(Duration.ofDays(3)), random)));
        }
        // When
        var model = fit(seen);
        for (var pool : truth.keySet()) {
            var expected = model.of(pool).between(1, 3);
            double real = truth.get(pool) * 2;
            inside += expected.quantile(0.05) <= real && real <= expected.quantile(0.95) ? 1 : 0;
        }
        // Then
        assertThat(inside / (double) pools).isBetween(0.82, 0.98);
    }

    @Test
    void countsMoreYearsOfTheSameAsTheSame() {
        // Given
        var once = fit(Map.of(ZONE_A, quiet(1_000, 50))).of(ZONE_A);
        // When
        var often = fit(Map.of(ZONE_A, quiet(100_000, 5_000))).of(ZONE_A);
        // Then
        assertThat(often.between(0, 6).mean()).isCloseTo(once.between(0, 6).mean(), within(0.1));
        assertThat(width(often)).isLessThan(width(once));
    }

    @Test
    void expectsNoMoreLifeThanTheLimit() {
        // Given
        var rates = fit(Map.of(ZONE_A, quiet(100_000, 1))).of(ZONE_A);
        // When / Then
        assertThat(rates.expectedHours(0, 24)).isGreaterThan(23.5).isLessThanOrEqualTo(24);
        assertThat(rates.expectedHours(100, 0)).isZero();
    }

    /** Evenly over all ages. */
    private static Exposure quiet(double hours, double ends) {
        var exposure = new Exposure();
        for (var band : AgeBand.values()) {
            exposure.add(band, hours / AgeBand.COUNT, ends / AgeBand.COUNT);
        }
        return exposure;
    }

    private static double width(BandRates rates) {
        var expected = rates.between(0, 6);
        return (expected.quantile(0.95) - expected.quantile(0.05)) / expected.mean();
    }

    private static HazardModel fit(Map<Pool, Exposure> seen) {
        return HazardModel.fit(Process.RECLAIM, seen, StatedRates.NONE);
    }
}
