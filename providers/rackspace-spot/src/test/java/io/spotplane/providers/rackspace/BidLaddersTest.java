package io.spotplane.providers.rackspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BidLaddersTest {

    private final BidLadders ladders = BidLadders.of(List.of("2026-01-01,3,0.001,0.001", "2026-07-01,3,0.01,0.01"));

    @Test
    void theLadderOfTheDayCounts() {
        assertThat(ladders.rules(Optional.empty(), Instant.parse("2026-06-30T23:59:59Z"))
                        .effectiveFrom())
                .isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(ladders.rules(Optional.empty(), Instant.parse("2026-07-01T00:00:00Z"))
                        .minimum())
                .isEqualByComparingTo("0.01");
        assertThat(ladders.rules(Optional.empty(), Instant.EPOCH).effectiveFrom())
                .isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @Test
    void aClassesOwnLeastBidCountsWhenItIsHigher() {
        // Given
        var now = Instant.parse("2026-11-25T00:00:00Z");
        // When / Then
        assertThat(ladders.rules(Optional.of(new BigDecimal("0.16")), now).minimum())
                .isEqualByComparingTo("0.16");
        assertThat(ladders.rules(Optional.of(new BigDecimal("0.001")), now).minimum())
                .isEqualByComparingTo("0.01");
    }
}
