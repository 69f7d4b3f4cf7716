package io.spotplane.provisioning.placement;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.placement.Rejection.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The offerings that fit, best first, and every other with the first reason against it.
 *
 * @param fitting cheapest by billed price first, then by stock, then by id
 * @param leftOut what does not fit
 */
record Ranking(List<Offering> fitting, Map<Offering, Rejection> leftOut) {

    private static final Comparator<Offering> BEST_FIRST = comparing(Offering::billedPrice)
            .thenComparing(Offering::availability, reverseOrder())
            .thenComparing(Offering::id);

    static Ranking of(Wanted wanted, Market market, Collection<PlacementPolicy> policies, Instant now) {
        var fitting = new ArrayList<Offering>();
        var leftOut = new HashMap<Offering, Rejection>();
        for (var offering : market.offerings()) {
            firstObjection(wanted, offering, market, policies, now)
                    .ifPresentOrElse(rejection -> leftOut.put(offering, rejection), () -> fitting.add(offering));
        }
        fitting.sort(BEST_FIRST);
        return new Ranking(fitting, leftOut);
    }

    private static Optional<Rejection> firstObjection(
            Wanted wanted, Offering offering, Market market, Collection<PlacementPolicy> policies, Instant now) {
        return policies.stream()
                .flatMap(policy -> policy.check(wanted, offering, market, now).stream())
                .findFirst();
    }

    /** What was looked at, for people: {@code 14 offerings: 2 fit, 9 above the price cap (cheapest 1.24 USD/h), 3 sold out}. */
    String summary() {
        var total = fitting.size() + leftOut.size();
        var parts = new ArrayList<String>();
        parts.add(fitting.size() + (fitting.size() == 1 ? " fits" : " fit"));
        counts().forEach((reason, count) -> parts.add(count + " " + reason.words() + cheapestOf(reason)));
        return total + (total == 1 ? " offering" : " offerings") + " looked at: " + String.join(", ", parts);
    }

    /** The stable code of why nothing fits. */
    String obstacle() {
        var counts = counts();
        if (anyOf(counts, Reason.COOLING_DOWN, Reason.SOLD_OUT, Reason.ACCOUNT_SUSPENDED)) {
            return "NO_CAPACITY";
        }
        if (counts.containsKey(Reason.STALE)) {
            return "PRICE_STALE";
        }
        return counts.containsKey(Reason.ABOVE_CAP) ? "PRICE_TOO_LOW" : "NO_OFFERING";
    }

    private Map<Reason, Long> counts() {
        return leftOut.values().stream()
                .collect(Collectors.groupingBy(
                        Rejection::reason, () -> new EnumMap<>(Reason.class), Collectors.counting()));
    }

    private String cheapestOf(Reason reason) {
        return leftOut.entrySet().stream()
                .filter(entry -> reason == Reason.ABOVE_CAP && entry.getValue().reason() == reason)
                .map(entry -> entry.getKey().billedPrice())
                .min(HourlyPrice::compareTo)
                .map(price -> " (cheapest " + price + ")")
                .orElse("");
    }

    private static boolean anyOf(Map<Reason, Long> counts, Reason... reasons) {
        return List.of(reasons).stream().anyMatch(counts::containsKey);
    }
}
