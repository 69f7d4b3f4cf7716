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
import java.util.stream.IntStream;
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
                Arguments.of(
                        "ABSURD_SIZE",
                        offering("aws", "vast").size(2_000_000_000, 1024).at("0.30")),
                Arguments.of(
                        "ABSURD_SIZE",
                        offering("aws", "huge").size(4, Long.MAX_VALUE).at("0.30")),
                Arguments.of(
                        "ABSURD_SIZE",
                        offering("aws", "gpus").gpu("L4", 100_000).at("0.30")),
                Arguments.of("BAD_NAME", offering("aws", "\u0007").at("0.30")),
                Arguments.of(
                        "BAD_NAME",
                        offering("aws", "far").region("x".repeat(129)).at("0.30")),
                Arguments.of("BAD_NAME", offering("aws", "gpu").gpu("L4\n", 1).at("0.30")),
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

    @Test
    void keepsAFewSamplesOfEachReasonShortAndPrintable() {
        // Given
        var rows = IntStream.range(0, 10_000)
                .mapToObj(number ->
                        new MarketSweep.RejectedRow("row " + number + " \u0000<\u00e9>".repeat(100), "NO_PRICE"))
                .toList();
        // When
        var inspected = Quarantine.inspect(new MarketSweep(List.of(GOOD), rows, NOW), frame());
        // Then
        assertThat(inspected.rejected()).containsExactly(Map.entry("NO_PRICE", 10_000));
        assertThat(inspected.samples())
                .hasSize(3)
                .allSatisfy(sample -> assertThat(sample.row())
                        .hasSizeLessThanOrEqualTo(160)
                        .startsWith("row ")
                        .matches("[ -~]+"));
        assertThat(inspected.believed()).containsOnlyKeys(GOOD.id());
    }

    @Test
    void keepsAGpuThatTheReviewedTableLacksAndCountsItsName() {
        // Given
        var known = offering("aws", "known").gpu("L4", 1).at("0.30");
        var unknown = offering("aws", "unknown").gpu("X9000", 1).at("0.30");
        // When
        var inspected = inspect(List.of(known, unknown));
        // Then
        assertThat(inspected.believed()).hasSize(2);
        assertThat(inspected.rejected()).isEmpty();
        assertThat(inspected.unknownGpus()).containsExactly(Map.entry("X9000", 1));
    }

    @Test
    void countsReasonsBeyondTheFortiethAsOthers() {
        // Given
        var rows = IntStream.range(0, 1_000)
                .mapToObj(number -> new MarketSweep.RejectedRow("row", "REASON_" + letters(number)))
                .toList();
        // When
        var inspected = Quarantine.inspect(new MarketSweep(List.of(), rows, NOW), frame());
        // Then
        assertThat(inspected.rejected()).hasSize(41).containsEntry("OTHER", 960);
    }

    private static String letters(int number) {
        return "" + (char) ('A' + number / 26 % 26) + (char) ('A' + number % 26) + (char) ('A' + number / 676);
    }

    private static Quarantine.Inspected inspect(List<Offering> rows) {
        return Quarantine.inspect(new MarketSweep(rows, List.of(), NOW), frame());
    }

    private static RowRule.Frame frame() {
        return new RowRule.Frame("aws", NOW, SETTINGS);
    }
}
