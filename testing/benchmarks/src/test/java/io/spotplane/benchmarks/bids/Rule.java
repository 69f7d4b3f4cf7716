package io.spotplane.benchmarks.bids;

import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.ChooseBid;
import io.spotplane.pricing.bid.Question;
import io.spotplane.pricing.bid.Strategy;
import io.spotplane.pricing.bid.Ties;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A way to bid.
 *
 * @param name for the table
 * @param bids by offering, in millionths, made on a date with what was known by then
 */
record Rule(String name, Function<LocalDate, Map<String, Long>> bids) {

    static final Duration HALF_LIFE = Duration.ofDays(30);

    /** A peer, whose bids are put on the ladder, because the market would refuse them otherwise. */
    static Rule onLadder(String name, Snapshots snapshots, ToLongFunction<Look> wanted) {
        return new Rule(name, date -> {
            var bids = new TreeMap<String, Long>();
            snapshots
                    .byDate()
                    .get(date)
                    .forEach((id, look) -> bids.put(
                            id, Micros.of(Snapshots.RULES.atLeast(Micros.toAmount(wanted.applyAsLong(look))))));
            return bids;
        });
    }

    static Rule p80(Snapshots snapshots) {
        return onLadder("P80", snapshots, look -> Math.max(look.p80(), look.market()));
    }

    static Rule ours(Snapshots snapshots, Strategy strategy, Duration halfLife) {
        return ours(
                "**ours, " + strategy + "**",
                snapshots,
                strategy.horizon(),
                halfLife,
                choose ->
                        strategy.survival() == null ? choose.survivalLikeP80(strategy.horizon()) : strategy.survival());
    }

    /** The live decision, given the percentiles up to that date and nothing else. */
    static Rule ours(
            String name,
            Snapshots snapshots,
            Duration horizon,
            Duration halfLife,
            ToDoubleFunction<ChooseBid> survival) {
        return new Rule(name, date -> {
            var now = Snapshots.instant(date);
            var choose = ChooseBid.learning(
                    snapshots.known(date), Map.of(), id -> Snapshots.RULES, Ties.HELD, halfLife, now);
            var wanted = survival.applyAsDouble(choose);
            var bids = new TreeMap<String, Long>();
            snapshots.byDate().get(date).forEach((id, look) -> {
                var question =
                        new Question(Snapshots.offering(look), Snapshots.RULES, wanted, horizon, null, Ties.HELD);
                var record = new AuctionRecord(id, null, PricePath.UNKNOWN, look, now, 0, null);
                bids.put(
                        id,
                        Objects.requireNonNull(choose.answer(question, record).chosen())
                                .bid());
            });
            return bids;
        });
    }
}
