package io.spotplane.pricing.recommendation;

import static io.spotplane.pricing.recommendation.Auctions.LADDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.BidRules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RungsTest {

    private static final BigDecimal ANY = new BigDecimal("1000000");

    @Test
    void considersTheRungsAboveTheMarketUpToTenTimesIt() {
        assertThat(Rungs.of(LADDER, usd("0.01"), ANY, ANY))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(usd("0.02"), usd("0.03"), usd("0.04"), usd("0.06"), usd("0.08"), usd("0.10"));
    }

    @Test
    void considersTheLowestRungHoweverFarAboveTheMarketItIs() {
        assertThat(Rungs.of(LADDER, usd("0.0001"), ANY, ANY))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(usd("0.01"));
    }

    @Test
    void considersNoBidAboveWhatAMachineMayCost() {
        assertThat(Rungs.of(LADDER, usd("0.02"), ANY, usd("0.05")))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(usd("0.03"), usd("0.04"));
        assertThat(Rungs.of(LADDER, usd("0.02"), ANY, usd("0.02"))).isEmpty();
    }

    @Test
    void considersNoBidAboveThePriceOnDemandButTheFirstAboveTheMarket() {
        assertThat(Rungs.of(LADDER, usd("0.02"), usd("0.04"), ANY))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(usd("0.03"), usd("0.04"));
        assertThat(Rungs.of(LADDER, usd("0.05"), usd("0.04"), ANY))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(usd("0.06"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "0.0333", "0.27", "1.5", "37.123456"})
    void offersOnlyBidsThatTheMarketAcceptsAndNotTooMany(String market) {
        var free = new BidRules(usd("0.001"), 3, List.of(), LocalDate.EPOCH);
        for (var rules : List.of(LADDER, free)) {
            var rungs = Rungs.of(rules, usd(market), ANY, ANY);
            assertThat(rungs)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(14)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(rungs).allMatch(rules::accept).allMatch(rung -> rung.compareTo(usd(market)) > 0);
        }
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }
}
