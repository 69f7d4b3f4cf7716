package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.recommendation.exact.ExactSolver;
import io.spotplane.pricing.recommendation.exact.IntegerProgram;
import io.spotplane.pricing.recommendation.exact.Solution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** Plans for wishes over one moment of the market. Not for sharing between threads. */
final class PlanSearch {

    /** About twelve bytes each. */
    private static final int MOST_ENTRIES = 1_000_000;

    private static final int MOST_REMEMBERED = 50_000;

    private final Collection<Offering> forSale;
    private final Survivals survivals;
    private final BooleanSupplier enough;
    private final Map<Wish.Filters, Choices> choices = new HashMap<>();

    /** {@code enough} says when the time for thinking is over. */
    PlanSearch(Collection<Offering> forSale, Survivals survivals, BooleanSupplier enough) {
        this.forSale = forSale;
        this.survivals = survivals.remembering();
        this.enough = enough;
    }

    /** The plan with the cheapest useful work. */
    Optimum cheapest(Wish wish) {
        return least(wish, Option::effective);
    }

    /** Whether there is any plan: feasible, infeasible, or undecided when the time is over. */
    Solution.Status feasibility(Wish wish) {
        return outOfTime()
                ? Solution.Status.UNDECIDED
                : solved(wish, Option::effective, ExactSolver::any).status();
    }

    /** Whether a plan is found. */
    boolean finds(Wish wish) {
        var status = feasibility(wish);
        return status == Solution.Status.FEASIBLE || status == Solution.Status.OPTIMAL;
    }

    /** The plan with the least sum of {@code costs}. */
    Optimum least(Wish wish, ToLongFunction<Option> costs) {
        return solved(wish, costs, ExactSolver::solve);
    }

    private interface Way {
        Solution of(IntegerProgram program, BooleanSupplier enough, List<int[]> known);
    }

    /**
     * Solves with as many regions watched as there is room for; as long as the answer leaves too little without one that was not, with that one as
     * well. What proves a bound or that there is no plan with few rows proves it with all.
     */
    private Optimum solved(Wish wish, ToLongFunction<Option> costs, Way way) {
        var from = choices(wish);
        var watched = from.bestRegions(MOST_ENTRIES / Math.max(1, from.options().size()));
        var known = wish.loss().moreThan() == null ? List.<int[]>of() : spreadOut(wish, from, costs, watched);
        while (true) {
            var program = PlanModel.of(wish, from.options(), from.together(), costs, watched::contains);
            var solution = way.of(program, enough, known);
            var x = solution.x();
            if (x == null) {
                return new Optimum(from, program, solution, null);
            }
            var plan = from.plan(x);
            var indispensable = plan.indispensable(wish);
            if (indispensable.isEmpty()) {
                return new Optimum(from, program, solution, plan);
            }
            if (enough.getAsBoolean()) {
                return new Optimum(from, program, solution.withoutSolution(), null);
            }
            watched.addAll(indispensable);
        }
    }

    /**
     * Plans that are likely to lose few machines at once: the best ones with ever less in one pool, and in one region. Of the many plans that cost
     * the same these are the ones that a limit on the probability of losses needs, and the relaxation cannot see.
     */
    private List<int[]> spreadOut(Wish wish, Choices from, ToLongFunction<Option> costs, Set<String> watched) {
        var plans = new ArrayList<int[]>();
        var without = wish.loss(wish.loss().moreThan(null, null));
        for (int percent : new int[] {100, 50, 34, 25, 20, 15, 10, 5}) {
            for (boolean regions : new boolean[] {false, true}) {
                var program = PlanModel.of(
                        without.spread(thinner(wish, percent, regions)),
                        from.options(),
                        from.together(),
                        costs,
                        watched::contains);
                var x = ExactSolver.solve(program, enough).x();
                if (x != null) {
                    plans.add(x);
                }
            }
        }
        return plans;
    }

    private static Wish.Spread thinner(Wish wish, int percent, boolean regions) {
        var spread = wish.spread();
        return regions
                ? spread.mostPercentInRegion(
                        Math.min(percent, Objects.requireNonNullElse(spread.mostPercentInRegion(), Wish.ALL)))
                : spread.mostPercentInPool(
                        Math.min(percent, Objects.requireNonNullElse(spread.mostPercentInPool(), Wish.ALL)));
    }

    /** What there is to choose from; wishes of one search differ in nothing else that decides it than their filters. */
    Choices choices(Wish wish) {
        if (choices.values().stream().mapToInt(known -> known.options().size()).sum() > MOST_REMEMBERED) {
            choices.clear();
        }
        return choices.computeIfAbsent(wish.filters(), first -> Choices.of(forSale, wish, survivals));
    }

    Collection<Offering> forSale() {
        return forSale;
    }

    boolean outOfTime() {
        return enough.getAsBoolean();
    }
}
