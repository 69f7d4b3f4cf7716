package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.risk.Pool;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All ways to have one of the machines that come into question, best first: by cost of useful work, chance of loss, what must be set aside, and
 * name, so that the same market gives the same plan.
 *
 * @param offerings those that come into question
 * @param options the ways
 * @param together of each region, how many times likelier its pools lose machines together than independent ones
 * @param leftOut the offerings that do not come into question, each with its reason
 */
record Choices(List<Offering> offerings, List<Option> options, Map<String, Double> together, List<LeftOut> leftOut) {

    private static final BigDecimal ANY_PRICE = new BigDecimal("1000000000000");
    private static final Comparator<Option> BEST_FIRST = Comparator.comparingLong(Option::effective)
            .thenComparingDouble(Option::lost)
            .thenComparingLong(Option::reserved)
            .thenComparing(option -> option.offering().id());

    static Choices of(Iterable<Offering> forSale, Wish wish, Survivals survivals) {
        var all = new ArrayList<Offering>();
        forSale.forEach(all::add);
        var admission = Admission.of(all, wish.filters());
        var options = new ArrayList<Option>();
        var leftOut = new ArrayList<>(admission.leftOut());
        var alternatives = new Alternatives(all);
        for (var offering : admission.admitted()) {
            var bids = bids(offering, wish.filters(), alternatives);
            if (bids.isEmpty()) {
                leftOut.add(new LeftOut(offering.id(), Reason.BID_TOO_DEAR, firstBid(offering)));
            }
            var ways = bids.stream()
                    .map(bid -> option(offering, bid.amount(), wish, survivals))
                    .toList();
            options.addAll(wish.budget().basis() == Wish.Budget.Basis.WORST_CASE ? ways : best(ways));
        }
        options.sort(BEST_FIRST);
        return new Choices(admission.admitted(), options, together(options, survivals), leftOut);
    }

    /** Where no limit counts what is set aside, a bid that holds longer costs nothing more. */
    private static List<Option> best(List<Option> ways) {
        return ways.stream().min(BEST_FIRST).stream().toList();
    }

    static Option option(Offering offering, @Nullable BigDecimal bid, Wish wish, Survivals survivals) {
        double kept = survivals.kept(offering, bid, wish.loss().horizon());
        return Option.of(offering, bid, kept, wish.loss().horizon(), wish.restart());
    }

    /** A bid, or that there is none to make. */
    private record Bid(@Nullable BigDecimal amount) {}

    private static List<Bid> bids(Offering offering, Wish.Filters filters, Alternatives alternatives) {
        var rules = offering.bidRules();
        if (rules == null || offering.capacityType() == CapacityType.ON_DEMAND) {
            return List.of(new Bid(null));
        }
        var most = filters.mostPerNode() == null ? ANY_PRICE : Micros.toAmount(filters.mostPerNode());
        return Rungs.of(rules, offering.billedPrice().amount(), alternatives.price(offering), most).stream()
                .map(Bid::new)
                .toList();
    }

    static BigDecimal firstBid(Offering offering) {
        var billed = offering.billedPrice().amount();
        var rules = offering.bidRules();
        return rules == null || offering.capacityType() == CapacityType.ON_DEMAND
                ? billed
                : Rungs.firstAbove(rules, billed);
    }

    private static Map<String, Double> together(List<Option> options, Survivals survivals) {
        Map<String, Set<Pool>> pools = new LinkedHashMap<>();
        for (var option : options) {
            if (option.spot()) {
                pools.computeIfAbsent(option.region(), first -> new LinkedHashSet<>())
                        .add(option.pool());
            }
        }
        var together = new HashMap<String, Double>();
        pools.forEach((region, members) -> together.put(region, survivals.together(List.copyOf(members))));
        return Map.copyOf(together);
    }

    /** So many regions, those of the best options first. */
    Set<String> bestRegions(int most) {
        return options.stream()
                .map(Option::region)
                .distinct()
                .limit(most)
                .collect(Collectors.toCollection(HashSet::new));
    }

    Plan plan(int[] x) {
        var holdings = new ArrayList<Losses.Holding>();
        for (int at = 0; at < x.length; at++) {
            if (x[at] > 0) {
                holdings.add(new Losses.Holding(options.get(at), x[at]));
            }
        }
        return new Plan(holdings, together);
    }
}
