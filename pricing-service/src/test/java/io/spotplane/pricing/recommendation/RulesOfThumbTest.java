package io.spotplane.pricing.recommendation;

import static io.spotplane.pricing.recommendation.Auctions.auctioned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.recommendation.RecommendationRequest.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesOfThumbTest {

    private static final Survivals PRIOR = new Survivals(null, null);
    private static final Offering LARGE = auctioned("east", "gp.vs1.2xlarge-e", 16, 60, "0.010");
    private static final Offering CHEAP = auctioned("east", "gp.vs1.xlarge-e", 8, 30, "0.001");
    private static final Offering SECOND = auctioned("west", "gp.vs2.2xlarge-w", 16, 64, "0.150");
    private static final List<Offering> MARKET = List.of(LARGE, CHEAP, SECOND);

    @Test
    void countsATenthMoreForTheSecondGeneration() {
        var scenario = scenario(Wish.ofNodes(2), Strategy.MAX_PERFORMANCE);
        assertThat(scenario.plan().holdings()).singleElement().satisfies(holding -> {
            assertThat(holding.option().offering()).isEqualTo(SECOND);
            assertThat(holding.nodes()).isEqualTo(2);
        });
        assertThat(scenario.score()).isCloseTo(2 * (16 + 64) * 1.10, within(1e-9));
    }

    @Test
    void takesTheMostForADollar() {
        var scenario = scenario(Wish.ofNodes(3), Strategy.MAX_VALUE);
        assertThat(scenario.plan().holdings().getFirst().option().offering()).isEqualTo(CHEAP);
        assertThat(scenario.score()).isCloseTo(38 / 0.001, within(1e-6));
    }

    @Test
    void spreadsTheBalancedOneOverThePoolsOfItsRiskRemainderFirst() {
        var scenario = scenario(Wish.ofNodes(5).risk(Risk.LOW), Strategy.BALANCED);
        assertThat(scenario.plan().holdings()).extracting(Losses.Holding::nodes).containsExactly(2, 2, 1);
        assertThat(scenario(Wish.ofNodes(5).risk(Risk.HIGH), Strategy.BALANCED)
                        .plan()
                        .holdings())
                .hasSize(1);
    }

    @Test
    void bidsTheRisksFactorRaisedToARung() {
        var scenario = scenario(Wish.ofNodes(1).risk(Risk.LOW), Strategy.MAX_PERFORMANCE);
        assertThat(scenario.plan().holdings().getFirst().option().bid()).isEqualByComparingTo("0.22"); // 0.2025
    }

    @Test
    void tellsWhichLimitsItBreaks() {
        var wish = Wish.ofNodes(5).budget(new Wish.Budget(null, 20_000L, Wish.Budget.Basis.EXPECTED));
        assertThat(scenario(wish, Strategy.MAX_PERFORMANCE).breaks()).containsExactly("budget most");
        assertThat(scenario(wish, Strategy.MAX_VALUE).breaks()).isEmpty();
    }

    @Test
    void takesAsManyAsTotalsNeed() {
        var wish = new Wish(
                null,
                1000,
                java.util.Map.of(Resource.VCPU, 30L, Resource.MEMORY_MIB, 40L * 1024),
                Wish.Filters.ANY,
                null,
                Wish.Budget.NONE,
                Wish.Spread.NONE,
                Wish.Loss.NONE,
                java.time.Duration.ofMinutes(12));
        assertThat(scenario(wish, Strategy.MAX_VALUE).plan().nodes()).isEqualTo(4);
    }

    private static Scenario scenario(Wish wish, Strategy strategy) {
        return new RulesOfThumb(wish, Choices.of(MARKET, wish, PRIOR), PRIOR).scenario(strategy);
    }
}
