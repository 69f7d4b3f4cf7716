package io.spotplane.pricing.recommendation;

import static io.spotplane.pricing.recommendation.Auctions.auctioned;
import static io.spotplane.pricing.recommendation.Auctions.onDemand;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.recommendation.exact.Solution.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecideTest {

    private static final Survivals PRIOR = new Survivals(null, null);
    private static final Decide DECIDE = new Decide(PRIOR, "USD");
    private static final List<Offering> MARKET = List.of(
            auctioned("east", "gp.vs1.large-e", 4, 15, "0.010"),
            auctioned("east", "gp.vs1.xlarge-e", 8, 30, "0.025"),
            auctioned("west", "gp.vs1.large-w", 4, 15, "0.012"),
            auctioned("west", "gp.vs1.xlarge-w", 8, 30, "0.022"),
            auctioned("north", "gp.vs2.large-n", 4, 16, "0.040"),
            onDemand("east", "gp.vs1.large-e", 4, 15, "0.060"));

    /** Plans of up to six machines over three offerings: every purchase is tried, and every limit is checked as its name says, not as its row does. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsThePlanThatTryingEveryPurchaseFinds(long seed) {
        var random = new Random(seed);
        int found = 0;
        for (int instance = 0; instance < 400; instance++) {
            // Given
            var market = market(random);
            var wish = wish(random);
            var cheapest = cheapestOfAll(wish, Choices.of(market, wish, PRIOR));
            // When
            var optimum = new PlanSearch(market, PRIOR, () -> false).cheapest(wish);
            // Then
            var name = "seed " + seed + ", instance " + instance + ": " + wish;
            assertThat(optimum.found()).as(name).isEqualTo(cheapest != null);
            if (cheapest != null) {
                found++;
                assertThat(optimum.status()).as(name).isEqualTo(Status.OPTIMAL);
                assertThat(optimum.plan().effective()).as(name).isEqualTo(cheapest.effective());
                assertThat(keeps(wish, optimum.plan())).as(name).isTrue();
            } else {
                assertThat(optimum.status()).as(name).isEqualTo(Status.INFEASIBLE);
            }
        }
        assertThat(found).isBetween(80, 380);
    }

    private static List<Offering> market(Random random) {
        return IntStream.range(0, 3)
                .mapToObj(at -> random.nextInt(5) == 0
                        ? onDemand("r" + random.nextInt(2), "t" + at, 1 << random.nextInt(4), 4, "0.0" + (5 + at))
                        : auctioned(
                                "r" + random.nextInt(2),
                                "t" + at,
                                1 << random.nextInt(4),
                                1 << random.nextInt(4),
                                "0.0" + (1 + random.nextInt(6))))
                .toList();
    }

    private static Wish wish(Random random) {
        var wish = Wish.ofNodes(1 + random.nextInt(5));
        if (random.nextInt(3) == 0) {
            wish = wish.nodes(null, 5).total(Resource.VCPU, 1L + random.nextInt(24));
        }
        if (random.nextBoolean()) {
            wish = wish.total(Resource.MEMORY_MIB, 1024L * (1 + random.nextInt(20)));
        }
        if (random.nextBoolean()) {
            var basis = random.nextBoolean() ? Wish.Budget.Basis.EXPECTED : Wish.Budget.Basis.WORST_CASE;
            long most = 10_000L * (2 + random.nextInt(25));
            wish = wish.budget(new Wish.Budget(random.nextInt(3) == 0 ? most / 2 : null, most, basis));
        }
        if (random.nextInt(3) == 0) {
            wish = wish.risk(Risk.values()[random.nextInt(3)]);
        }
        var spread = Wish.Spread.NONE;
        if (random.nextInt(3) == 0) {
            spread = spread.mostPercentInPool(40 + random.nextInt(60));
        }
        if (random.nextInt(3) == 0) {
            spread = spread.mostPercentInRegion(40 + random.nextInt(60));
        }
        if (random.nextInt(3) == 0) {
            spread = spread.leftPercentWithoutAnyRegion(random.nextInt(70));
        }
        if (random.nextInt(4) == 0) {
            wish = wish.loss(
                    Wish.Loss.NONE.moreThan(random.nextInt(3), new BigDecimal("0." + (1 + random.nextInt(5)))));
        }
        if (random.nextInt(4) == 0) {
            wish = wish.loss(wish.loss().mostLostPercent(BigDecimal.valueOf(10 + random.nextInt(40))));
        }
        return wish.spread(spread);
    }

    private static @Nullable Plan cheapestOfAll(Wish wish, Choices choices) {
        Plan cheapest = null;
        var x = new int[choices.options().size()];
        while (true) {
            var plan = choices.plan(x);
            if (keeps(wish, plan) && (cheapest == null || plan.effective() < cheapest.effective())) {
                cheapest = plan;
            }
            int at = 0;
            int nodes = plan.nodes();
            while (at < x.length && nodes == wish.mostNodes()) {
                nodes -= x[at];
                x[at++] = 0;
            }
            if (at == x.length) {
                return cheapest;
            }
            x[at]++;
        }
    }

    /** The limits in their own words. */
    private static boolean keeps(Wish wish, Plan plan) {
        return (wish.nodes() == null ? plan.nodes() <= wish.mostNodes() : plan.nodes() == wish.nodes())
                && wish.totals().entrySet().stream()
                        .allMatch(wanted -> plan.total(wanted.getKey()) >= wanted.getValue())
                && keepsBudget(wish.budget(), plan)
                && keepsSpread(wish, plan)
                && keepsLoss(wish, plan);
    }

    private static boolean keepsBudget(Wish.Budget budget, Plan plan) {
        long cost = plan.cost(budget.basis());
        return (budget.most() == null || cost <= budget.most()) && (budget.least() == null || cost >= budget.least());
    }

    private static boolean keepsSpread(Wish wish, Plan plan) {
        var pools = plan.holdings().stream()
                .map(holding -> holding.option().pool())
                .distinct()
                .map(pool -> part(plan, holding -> holding.option().pool().equals(pool)))
                .toList();
        var regions = plan.holdings().stream()
                .map(holding -> holding.option().region())
                .distinct()
                .map(region -> part(plan, holding -> holding.option().region().equals(region)))
                .toList();
        var spread = wish.spread();
        return pools.stream().allMatch(pool -> holdsAtMost(wish, pool, spread.mostPercentInPool()))
                && pools.stream().allMatch(pool -> evenly(wish, pool))
                && regions.stream().allMatch(region -> holdsAtMost(wish, region, spread.mostPercentInRegion()))
                && regions.stream().allMatch(region -> leaves(wish, plan, region));
    }

    private static Plan part(Plan plan, java.util.function.Predicate<Losses.Holding> in) {
        return new Plan(new ArrayList<>(plan.holdings().stream().filter(in).toList()), plan.together());
    }

    private static boolean holdsAtMost(Wish wish, Plan part, @Nullable Integer percent) {
        if (percent == null) {
            return true;
        }
        return wish.nodes() != null
                ? part.nodes() * 100 <= wish.nodes() * percent
                : wish.totals().entrySet().stream()
                        .allMatch(wanted -> part.total(wanted.getKey()) * 100 <= wanted.getValue() * percent);
    }

    private static boolean evenly(Wish wish, Plan pool) {
        int pools = wish.pools();
        if (pools == 1) {
            return true;
        }
        if (wish.nodes() != null) {
            return pool.nodes() <= Math.ceilDiv(wish.nodes(), pools);
        }
        return wish.totals().entrySet().stream().allMatch(wanted -> {
            long one = pool.holdings().stream()
                    .mapToLong(holding -> wanted.getKey().of(holding.option().offering()))
                    .max()
                    .orElse(0);
            return pool.total(wanted.getKey()) <= Math.max(one, Math.ceilDiv(wanted.getValue(), pools));
        });
    }

    private static boolean leaves(Wish wish, Plan plan, Plan region) {
        var percent = wish.spread().leftPercentWithoutAnyRegion();
        if (percent == null) {
            return true;
        }
        return wish.nodes() != null
                ? (plan.nodes() - region.nodes()) * 100 >= wish.nodes() * percent
                : wish.totals().entrySet().stream()
                        .allMatch(wanted -> (plan.total(wanted.getKey()) - region.total(wanted.getKey())) * 100
                                >= wanted.getValue() * percent);
    }

    private static boolean keepsLoss(Wish wish, Plan plan) {
        double share = wish.mostLostPercent().doubleValue() / 100;
        boolean expected = share >= 1
                || plan.holdings().stream()
                                .mapToDouble(holding -> holding.nodes()
                                        * Math.ceil(holding.option().lost() * 1e6 - 1e-6))
                                .sum()
                        <= plan.nodes() * Math.floor(share * 1e6 + 1e-6);
        var moreThan = wish.loss().moreThan();
        return expected
                && (moreThan == null
                        || plan.losses().moreThan(moreThan)
                                <= wish.loss().probability().doubleValue() + 1e-12);
    }

    @Test
    void namesTheLimitsThatLeaveNoPlanAndHowFarEachMustGive() {
        // Given
        var wish = Wish.ofNodes(4)
                .budget(new Wish.Budget(null, 43_000L, Wish.Budget.Basis.EXPECTED))
                .spread(Wish.Spread.NONE.mostPercentInRegion(50));
        // When
        var decision = DECIDE.decide(wish, MARKET, () -> false);
        // Then
        assertThat(decision.optimum().status()).isEqualTo(Status.INFEASIBLE);
        var explanation = decision.explanation();
        assertThat(explanation.complete()).isTrue();
        assertThat(explanation.conflict()).containsExactly("BUDGET_MOST", "REGION_SHARE", "NODES");
        assertThat(explanation.loosened())
                .extracting(Explanation.Loosened::limit, Explanation.Loosened::needed, Explanation.Loosened::difference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("BUDGET_MOST", "0.044000", "0.001000"),
                        org.assertj.core.groups.Tuple.tuple("REGION_SHARE", "75", "25"),
                        org.assertj.core.groups.Tuple.tuple("NODES", "2", "-2"));
        assertThat(decision.candidates()).allMatch(candidate -> candidate.reason() == Reason.NO_PLAN);
    }

    @Test
    void namesWhatMustGiveTogetherWhenNothingAloneIsEnough() {
        // Given
        var wish = Wish.ofNodes(4)
                .filters(Wish.Filters.ANY.regions(java.util.Set.of("north")))
                .budget(new Wish.Budget(null, 30_000L, Wish.Budget.Basis.EXPECTED))
                .spread(Wish.Spread.NONE.mostPercentInRegion(50));
        // When
        var explanation = DECIDE.decide(wish, MARKET, () -> false).explanation();
        // Then
        assertThat(explanation.loosened()).isEmpty();
        assertThat(explanation.together()).isNotEmpty();
        assertThat(explanation.together().getFirst().limit()).isEqualTo("BUDGET_MOST");
    }

    @Test
    void asksForARiskThatLeavesAPlan() {
        // Given
        var wish = Wish.ofNodes(2)
                .risk(Risk.LOW)
                .filters(Wish.Filters.ANY.mostPerNode(12_000L).classes(List.of("gp")));
        var market = List.of(auctioned("east", "gp.vs1.large-e", 4, 15, "0.009"));
        // When
        var explanation = DECIDE.decide(wish, market, () -> false).explanation();
        // Then
        assertThat(explanation.loosened())
                .filteredOn(loosened -> loosened.limit().equals("RISK"))
                .extracting(Explanation.Loosened::needed)
                .containsExactly("HIGH");
    }

    @Test
    void hasAReasonForEveryOffering() {
        // Given
        var wish = Wish.ofNodes(2).filters(Wish.Filters.ANY.leastVcpu(4).mostPerNode(50_000L));
        // When
        var candidates = DECIDE.decide(wish, MARKET, () -> false).candidates();
        // Then
        assertThat(candidates)
                .extracting(LeftOut::offeringId)
                .containsExactlyInAnyOrderElementsOf(
                        MARKET.stream().map(Offering::id).toList());
        assertThat(candidates)
                .filteredOn(candidate -> candidate.reason() == Reason.CHOSEN)
                .singleElement()
                .satisfies(chosen -> assertThat(chosen.number()).isEqualByComparingTo("2"));
        assertThat(candidates)
                .filteredOn(candidate -> candidate.reason() == Reason.TOO_DEAR)
                .singleElement()
                .satisfies(dear -> assertThat(dear.number()).isEqualByComparingTo("0.06"));
        assertThat(candidates)
                .filteredOn(candidate -> candidate.reason() == Reason.OUTDONE)
                .allSatisfy(outdone -> assertThat(outdone.others()).isNotEmpty());
        assertThat(PackedCandidates.read(PackedCandidates.pack(candidates))).isEqualTo(candidates);
    }

    @Test
    void bidsHigherWhereThatCostsNothingAndLowerWhereItMustBeSetAside() {
        // Given
        var expected = Wish.ofNodes(1);
        var worstCase = expected.budget(new Wish.Budget(null, 30_000L, Wish.Budget.Basis.WORST_CASE));
        // When
        var free = DECIDE.decide(expected, MARKET, () -> false).optimum().plan();
        var bound = DECIDE.decide(worstCase, MARKET, () -> false).optimum().plan();
        // Then
        assertThat(free.holdings().getFirst().option().bid()).isEqualByComparingTo("0.06");
        assertThat(bound.holdings().getFirst().option().bid()).isEqualByComparingTo("0.03");
        assertThat(bound.reserved()).isEqualTo(30_000);
    }

    @Test
    void answersWhatItHasWhenTheTimeIsOver() {
        var decision = DECIDE.decide(Wish.ofNodes(3), MARKET, () -> true);
        assertThat(decision.optimum().status()).isEqualTo(Status.UNDECIDED);
        assertThat(decision.scenarios()).hasSize(3);
    }

    @Test
    void leavesEnoughWithoutAnyRegionAlsoWhereThereAreMoreThanCanBeWatchedAtOnce() {
        // Given: many small machines come before the two large ones, which are the cheaper ones for what is wanted
        var small = IntStream.range(0, 1_100).mapToObj(at -> onDemand("small-" + at, "s" + at, 1, 1, "0.01"));
        var large = Stream.of(onDemand("large-1", "l", 64, 64, "0.05"), onDemand("large-2", "l", 64, 64, "0.06"));
        var market = Stream.concat(small, large).toList();
        var wish = Wish.ofNodes(1)
                .nodes(null, 100)
                .total(Resource.VCPU, 64L)
                .spread(Wish.Spread.NONE.leftPercentWithoutAnyRegion(40));
        // When
        var optimum = new PlanSearch(market, PRIOR, () -> false).cheapest(wish);
        // Then
        assertThat(optimum.status()).isEqualTo(Status.OPTIMAL);
        assertThat(keeps(wish, optimum.plan())).isTrue();
        assertThat(optimum.plan().holdings())
                .extracting(holding -> holding.option().offering().region())
                .containsExactlyInAnyOrder("large-1", "large-2");
    }
}
