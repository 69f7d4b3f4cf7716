package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.BidRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bids that are considered for an offering: all that its market accepts above today's market price, up to ten times that price, what
 * the same is sold for on demand, or what a machine may cost; where these are many, those nearest to an even spacing by ratio. Winners of an auction with one price pay the market, so that
 * a bid is a limit and not a cost; ten times the market is where no price of seven weekly snapshots ever went.
 */
final class Rungs {

    static final int TIMES_MARKET = 10;
    private static final int MOST = 12;
    private static final List<BigDecimal> RATIOS = Stream.of(
                    "1", "1.05", "1.2", "1.35", "1.6", "2", "2.5", "3.2", "4", "5", "7", "10")
            .map(BigDecimal::new)
            .toList();

    private Rungs() {}

    /** The lowest bid that is accepted and above {@code market}. */
    static BigDecimal firstAbove(BidRules rules, BigDecimal market) {
        var rung = rules.atLeast(market);
        return rung.compareTo(market) > 0 ? rung : rules.atLeast(market.add(BigDecimal.ONE.movePointLeft(6)));
    }

    /**
     * The bids to consider, ascending; empty when even the first is above {@code most}.
     *
     * @param market today's price
     * @param worth what a machine of that kind is worth: bids above it are not considered, except the first above the market
     * @param most what a bid must not exceed
     */
    static List<BigDecimal> of(BidRules rules, BigDecimal market, BigDecimal worth, BigDecimal most) {
        var first = firstAbove(rules, market);
        var ceiling = market.multiply(BigDecimal.valueOf(TIMES_MARKET))
                .min(worth)
                .max(first)
                .min(most);
        if (first.compareTo(ceiling) > 0) {
            return List.of();
        }
        var all = Stream.iterate(first, rung -> rung.compareTo(ceiling) <= 0, rung -> firstAbove(rules, rung))
                .limit(MOST + 1L)
                .toList();
        return all.size() <= MOST ? all : spaced(rules, market, first, ceiling);
    }

    private static List<BigDecimal> spaced(BidRules rules, BigDecimal market, BigDecimal first, BigDecimal ceiling) {
        return Stream.concat(RATIOS.stream().map(market::multiply), Stream.of(ceiling))
                .map(amount -> rules.atMost(amount.max(first).min(ceiling)).orElse(first))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
