package io.spotplane.pricing.recommendation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Machines to buy. Amounts are millionths an hour.
 *
 * @param holdings what and how many; only what there is at least one of
 * @param together of each region, how many times likelier its pools lose machines together than independent ones
 */
record Plan(List<Losses.Holding> holdings, Map<String, Double> together) {

    Plan {
        holdings = List.copyOf(holdings);
    }

    int nodes() {
        return holdings.stream().mapToInt(Losses.Holding::nodes).sum();
    }

    long total(Resource resource) {
        return sum(option -> resource.of(option.offering()));
    }

    long billed() {
        return sum(Option::billed);
    }

    long reserved() {
        return sum(Option::reserved);
    }

    long effective() {
        return sum(Option::effective);
    }

    long cost(Wish.Budget.Basis basis) {
        return sum(PlanModel.basis(basis));
    }

    private long sum(ToLongFunction<Option> amount) {
        return holdings.stream()
                .mapToLong(holding -> Math.multiplyExact(amount.applyAsLong(holding.option()), holding.nodes()))
                .sum();
    }

    /** The regions without any of which less is left of what is wanted in total than {@code wish} says. */
    Set<String> indispensable(Wish wish) {
        var percent = wish.spread().leftPercentWithoutAnyRegion();
        if (percent == null || wish.nodes() != null) {
            return Set.of();
        }
        return holdings.stream()
                .map(holding -> holding.option().region())
                .filter(region -> wish.totals().entrySet().stream()
                        .anyMatch(total -> withoutRegion(region, total.getKey())
                                < Math.ceilDiv(total.getValue() * percent, Wish.ALL)))
                .collect(Collectors.toSet());
    }

    private long withoutRegion(String region, Resource resource) {
        return sum(option -> option.region().equals(region) ? 0 : resource.of(option.offering()));
    }

    double expectedLost() {
        return holdings.stream()
                .mapToDouble(holding -> holding.option().lost() * holding.nodes())
                .sum();
    }

    Losses losses() {
        return Losses.of(holdings, together);
    }
}
