package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuarantineTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final PricingSettings SETTINGS =
            new PricingSettings(Map.of(), "USD", new BigDecimal("10000"), Duration.ofMinutes(10), 10);
    private static final Offering GOOD = offering("aws", "good").at("0.30");

    static Stream<Arguments> badRows() {
        return Stream.of(
                Arguments.of("ZERO_PRICE", offering("aws", "free").at("0.000000")),
                Arguments.of("PRICE_TOO_HIGH", offering("aws", "huge").at("10000.01")),
                Arguments.of("OTHER_CURRENCY", offering("aws", "euro").at(HourlyPrice.of("0.30", "EUR", "hour"))),
                Arguments.of(
                        "BILLED_BELOW_PRICE",
                        offering("aws", "gift").billed("0.20").at("0.30")),
                Arguments.of(
                        "NEGATIVE_SIZE", offering("aws", "tiny").size(-1, 1024).at("0.30")),
                Arguments.of("FOREIGN_PROVIDER", offering("runpod", "pod").at("0.30")),
                Arguments.of(
                        "FROM_THE_FUTURE",
                        offering("aws", "tomorrow")
                                .observed(NOW.plusSeconds(601))
                                .at("0.30")));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void leavesABadRowOutAndKeepsTheRest(String reason, Offering bad) {
        // When
        var inspected = inspect(List.of(bad, GOOD));
        // Then
        assertThat(inspected.believed()).containsOnlyKeys(GOOD.id());
        assertThat(inspected.rejected()).containsExactly(Map.entry(reason, 1));
    }

    @Test
    void keepsTheFirstOfTwoRowsWithOneId() {
        // Given
        var second = offering("aws", "good").at("9.99");
        // When
        var inspected = inspect(List.of(GOOD, second));
        // Then
        assertThat(inspected.believed()).containsEntry(GOOD.id(), GOOD);
        assertThat(inspected.rejected()).containsExactly(Map.entry("DUPLICATE_ID", 1));
    }

    @Test
    void believesAPriceFromAClockThatIsTenMinutesAhead() {
        // Given
        var ahead = offering("aws", "ahead")
                .observed(NOW.plus(Duration.ofMinutes(10)))
                .at("0.30");
        // When / Then
        assertThat(inspect(List.of(ahead)).believed()).containsOnlyKeys(ahead.id());
    }

    @Test
    void countsWhatTheAdapterCouldNotRead() {
        // Given
        var sweep = new MarketSweep(
                List.of(GOOD),
                List.of(
                        new MarketSweep.RejectedRow("g6", "NO_PRICE"),
                        new MarketSweep.RejectedRow("g7", "NO_PRICE"),
                        new MarketSweep.RejectedRow("g8", "price of g8 is 'abc'")),
                NOW);
        // When
        var inspected = Quarantine.inspect(sweep, frame());
        // Then
        assertThat(inspected.rejected()).containsOnly(Map.entry("NO_PRICE", 2), Map.entry("OTHER", 1));
    }

    private static Quarantine.Inspected inspect(List<Offering> rows) {
        return Quarantine.inspect(new MarketSweep(rows, List.of(), NOW), frame());
    }

    private static RowRule.Frame frame() {
        return new RowRule.Frame("aws", NOW, SETTINGS);
    }
}
