package io.spotplane.contracts.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BidRulesTest {

    /** Rackspace Spot's ladder of July 2026. */
    private static final BidRules LADDER = new BidRules(
            new BigDecimal("0.01"),
            3,
            List.of(step("0.01", "0.01"), step("0.04", "0.02"), step("0.10", "0.03"), step("0.20", "0.05")),
            LocalDate.of(2026, 7, 1));

    private static final BidRules FREE = new BidRules(new BigDecimal("0.005"), 3, List.of(), LocalDate.of(2026, 1, 1));

    private static BidRules.Step step(String from, String add) {
        return new BidRules.Step(new BigDecimal(from), new BigDecimal(add));
    }

    @Test
    void climbsTheLadderRungByRung() {
        assertThat(LADDER.upTo(new BigDecimal("0.32")).map(BigDecimal::toPlainString))
                .containsExactly(
                        "0.01", "0.02", "0.03", "0.04", "0.06", "0.08", "0.10", "0.13", "0.16", "0.19", "0.22", "0.27",
                        "0.32");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.01",
        "0.01, 0.01",
        "0.031, 0.04",
        "0.041, 0.06",
        "0.195, 0.22",
        "0.2, 0.22",
        "0.221, 0.27",
        "100, 100.02"
    })
    void roundsUpToARung(BigDecimal amount, BigDecimal rung) {
        assertThat(LADDER.atLeast(amount)).isEqualByComparingTo(rung);
        assertThat(LADDER.accept(rung)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.01",
        "0.039, 0.03",
        "0.099, 0.08",
        "0.2, 0.19",
        "0.219, 0.19",
        "0.269, 0.22",
        "1000000, 999999.97"
    })
    void roundsDownToARung(BigDecimal amount, BigDecimal rung) {
        assertThat(LADDER.atMost(amount))
                .hasValueSatisfying(found -> assertThat(found).isEqualByComparingTo(rung));
        assertThat(LADDER.accept(rung)).isTrue();
    }

    @Test
    void knowsWhatIsRefused() {
        assertThat(LADDER.accept(new BigDecimal("0.05"))).isFalse();
        assertThat(LADDER.accept(new BigDecimal("0.001"))).isFalse();
        assertThat(LADDER.atMost(new BigDecimal("0.009"))).isEmpty();
        assertThat(FREE.accept(new BigDecimal("0.0055"))).isFalse();
    }

    @Test
    void hasOnlyDecimalsWhereThereIsNoLadder() {
        assertThat(FREE.atLeast(new BigDecimal("0.0121"))).isEqualByComparingTo("0.013");
        assertThat(FREE.atMost(new BigDecimal("0.0129"))).hasValue(new BigDecimal("0.012"));
        assertThat(FREE.upTo(new BigDecimal("0.007"))).hasSize(3);
    }

    @Test
    void refusesALadderThatDoesNotAscend() {
        assertThatThrownBy(() -> new BidRules(
                        BigDecimal.ONE, 2, List.of(step("0.02", "0.01"), step("0.01", "0.01")), LocalDate.EPOCH))
                .hasMessageContaining("does not ascend");
    }
}
