package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.pricing.recommendation.exact.Solution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which limits leave no plan, and by how much each would have to give; everything it says, it solved. */
final class ExplainInfeasible {

    private final PlanSearch search;
    private final String currency;

    ExplainInfeasible(PlanSearch search, String currency) {
        this.search = search;
        this.currency = currency;
    }

    /** Explains {@code wish}, for which there is no plan. */
    Explanation explain(Wish wish) {
        var present = Limit.ALL.stream()
                .filter(limit -> limit.asked().apply(wish).isPresent())
                .toList();
        var conflict = conflict(wish, present);
        var loosened = present.stream()
                .map(limit -> loosened(wish, limit))
                .flatMap(Optional::stream)
                .toList();
        var together = loosened.isEmpty() ? together(wish, present) : null;
        return new Explanation(conflict.stream().map(Limit::name).toList(), loosened, together, !search.outOfTime());
    }

    /** Leaves out one limit after the other for good, as long as there is still no plan; what remains is the conflict. */
    private List<Limit> conflict(Wish wish, List<Limit> present) {
        var left = wish;
        var conflict = new ArrayList<Limit>();
        for (var limit : present.reversed()) {
            var without = limit.without().apply(left);
            if (without.equals(left) || search.feasibility(without) != Solution.Status.INFEASIBLE) {
                conflict.addFirst(limit);
            } else {
                left = without;
            }
        }
        return conflict;
    }

    /** {@code limit} as it must become for a plan to exist; the plan is made, or it does not count. */
    private Optional<Explanation.Loosened> loosened(Wish wish, Limit limit) {
        if (search.outOfTime()) {
            return Optional.empty();
        }
        return limit.loosen().apply(wish, search).flatMap(given -> shown(wish, limit, given));
    }

    private Optional<Explanation.Loosened> shown(Wish wish, Limit limit, Limit.Given given) {
        return Optional.ofNullable(search.cheapest(given.wish()).plan())
                .map(plan -> loosened(wish, limit, given.needed(), plan));
    }

    private static @Nullable String difference(String asked, @Nullable String needed) {
        try {
            return needed == null
                    ? null
                    : new BigDecimal(needed).subtract(new BigDecimal(asked)).toPlainString();
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /**
     * Gives up all limits, then asks them back one after the other, as long as there is a plan; each that cannot come back as it was comes back
     * as near to that as the others let it.
     */
    private @Nullable List<Explanation.Loosened> together(Wish wish, List<Limit> present) {
        var left = wish;
        for (var limit : present) {
            left = limit.without().apply(left);
        }
        if (!search.finds(left)) {
            return null;
        }
        var givenUp = new ArrayList<Limit>();
        for (var limit : present.reversed()) {
            var back = limit.restore().apply(wish, left);
            if (back.equals(left) || search.finds(back)) {
                left = back;
            } else {
                givenUp.addFirst(limit);
            }
        }
        return comeBack(wish, left, givenUp);
    }

    private List<Explanation.Loosened> comeBack(Wish wish, Wish without, List<Limit> givenUp) {
        var left = without;
        var list = new ArrayList<Explanation.Loosened>();
        for (var limit : givenUp) {
            var given = limit.loosen().apply(limit.restore().apply(wish, left), search);
            left = given.map(Limit.Given::wish).orElse(left);
            var needed = given.map(Limit.Given::needed).orElse(null);
            Optional.ofNullable(search.cheapest(left).plan())
                    .map(plan -> loosened(wish, limit, needed, plan))
                    .ifPresent(list::add);
        }
        return list;
    }

    private Explanation.Loosened loosened(Wish wish, Limit limit, @Nullable String needed, Plan plan) {
        var asked = limit.asked().apply(wish).orElseThrow();
        return new Explanation.Loosened(
                limit.name(),
                limit.pointer(),
                asked,
                needed,
                difference(asked, needed),
                new HourlyPrice(Micros.toAmount(plan.billed()), currency));
    }
}
