package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.pricing.auction.Look;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The survival that is worth wanting in every auction of a provider, so that on average as many machines survive as with bids at the 80th percentile. That rule pays
 * for headroom where the price never moves and lacks it where the price is young; wanting one survival everywhere buys the same average for less.
 */
final class LikeP80 {

    private LikeP80() {}

    /** The least wanted survival over {@code days} whose cheapest bids survive as often as the rule's do, by the same estimate; 1 when there is none. */
    static double survival(
            PositionHazards hazards,
            Collection<Look> looks,
            Function<String, @Nullable BidRules> rules,
            Ties ties,
            double days) {
        var auctions = looks.stream()
                .flatMap(look -> Stream.ofNullable(rules.apply(look.offeringId()))
                        .map(accepted -> Auction.of(hazards, look, new Rungs(accepted), ties, days)))
                .toList();
        var goal = auctions.stream().mapToDouble(Auction::atP80).sum();
        return auctions.stream()
                .flatMap(auction -> auction.survivals().stream())
                .distinct()
                .sorted()
                .filter(wanted -> reached(auctions, wanted) >= goal)
                .findFirst()
                .orElse(1.0);
    }

    private static double reached(List<Auction> auctions, double wanted) {
        return auctions.stream().mapToDouble(auction -> auction.reached(wanted)).sum();
    }

    /** The bid of the rule that is compared with: the lowest accepted one not below the 80th percentile and the market. */
    static long bid(Look published, Rungs rungs) {
        return rungs.atLeast(Math.max(published.p80(), published.market()));
    }

    private record Auction(List<Double> survivals, double atP80) {

        static Auction of(PositionHazards hazards, Look published, Rungs rungs, Ties ties, double days) {
            var look = hazards.corrected(published);
            var p80 = bid(published, rungs);
            var best = 0.0;
            var atP80 = 0.0;
            var survivals = new ArrayList<Double>();
            for (var rung : PercentileRungs.of(hazards, published, rungs, ties)) {
                best = Math.max(best, hazards.of(look, rung, rungs).over(days).probability());
                survivals.add(best);
                atP80 = rung <= p80 ? best : atP80;
            }
            return new Auction(survivals, atP80);
        }

        double reached(double wanted) {
            return survivals.stream()
                    .filter(survival -> survival >= wanted)
                    .findFirst()
                    .orElseGet(survivals::getLast);
        }
    }
}
