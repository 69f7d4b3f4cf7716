package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.Advice.Former;
import io.spotplane.pricing.bid.Advice.Method;
import io.spotplane.pricing.bid.Advice.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the cheapest rung that keeps the wanted survival, from everything that is known of an auction at one moment. Where prices can be replayed, each rung's
 * survival is the replay's, shrunk towards what is learnt of rungs that stand alike; where only percentiles are known it is that alone.
 */
public final class ChooseBid {

    /** Days of holding that the belief is worth beside a replay. */
    private static final double BELIEF_DAYS = 7;
    /** Losses presumed beside those that were seen (Jeffreys' prior for a rate). */
    private static final double UNSEEN_LOSS = 0.5;
    /** Where no bid is safe enough, more is not bid for a gain smaller than this part of the remaining risk. */
    private static final double NEGLIGIBLE = 0.02;
    /** Nothing above so many times the market or the 80th percentile is looked at, however high prices once were. */
    private static final int HIGHEST = 20;

    private static final int RUNGS_ABOVE = 4;
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final Duration LEAST_OWN = Duration.ofDays(7);
    private static final double[] SHARES = {0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1};

    private final Map<String, List<Look>> looks;
    private final Function<String, @Nullable BidRules> rules;
    private final Ties ties;
    private final PositionHazards hazards;
    private final Freshness freshness;
    private final Instant now;

    private ChooseBid(
            Map<String, List<Look>> looks,
            Map<String, PricePath> paths,
            Function<String, @Nullable BidRules> rules,
            Ties ties,
            Freshness freshness,
            Instant now) {
        this.looks = looks;
        this.rules = rules;
        this.ties = ties;
        this.freshness = freshness;
        this.now = now;
        this.hazards = PositionHazards.learn(looks, paths, rules, ties, freshness);
    }

    /**
     * Learns from all auctions of one provider. Costs time: call it off the event loop, and keep what it answers until something new was seen.
     *
     * @param looks at its offerings, ascending in time, none after {@code now}
     * @param paths prices of its auctions by offering, as far as they were published; none after {@code now}
     * @param rules which bids are accepted, by offering; null for what cannot be bid for
     * @param ties what happens when the market reaches a bid
     * @param halfLife after which what was seen counts half
     * @param now the time of choosing
     */
    public static ChooseBid learning(
            Map<String, List<Look>> looks,
            Map<String, PricePath> paths,
            Function<String, @Nullable BidRules> rules,
            Ties ties,
            Duration halfLife,
            Instant now) {
        return new ChooseBid(looks, paths, rules, ties, Freshness.at(now, halfLife), now);
    }

    /** The survival over {@code horizon} that, wanted everywhere, costs as many machines as bids at the 80th percentile do: {@link Strategy#LIKE_P80}. */
    public double survivalLikeP80(Duration horizon) {
        var latest = looks.values().stream().map(List::getLast).toList();
        return LikeP80.survival(hazards, latest, rules, ties, horizon.toSeconds() / 86_400.0);
    }

    /** The cheapest bid that keeps the wanted survival, and all that is known about the others. The question's ties are those that were learnt with. */
    public Advice answer(Question question, AuctionRecord record) {
        var weighed = new Weighing(question, record);
        var rungs = weighed.rungs();
        var chosen = choose(question, rungs);
        return new Advice(
                question,
                weighed.method(),
                record,
                rungs,
                chosen,
                Arrays.stream(FormerRule.values()).map(weighed::former).toList(),
                new Doubts(question, record, chosen, now).warnings());
    }

    /** The prospects of every bid that is worth a look, ascending. */
    public List<Rung> rungs(Question question, AuctionRecord record) {
        return new Weighing(question, record).rungs();
    }

    /** How survival is known for such a record. */
    public Method method(Question question, AuctionRecord record) {
        return new Weighing(question, record).method();
    }

    private static @Nullable Rung choose(Question question, List<Rung> rungs) {
        var possible = rungs.stream()
                .filter(rung -> rung.winsNow() && question.allows(rung.bid()))
                .toList();
        var safest = possible.stream()
                .mapToDouble(rung -> rung.survival().probability())
                .max()
                .orElse(0);
        var enough = safest >= question.survival() ? question.survival() : safest - NEGLIGIBLE * (1 - safest);
        return possible.stream()
                .filter(rung -> rung.survival().probability() >= enough)
                .findFirst()
                .orElse(null);
    }

    private final class Weighing {

        private final Question question;
        private final PricePath path;
        private final Rungs rungs;
        private final Method method;
        /** As published, or made up from what there is. */
        private final Look published;
        /** As prices. */
        private final Look look;

        private final @Nullable ReplayBids replay;

        Weighing(Question question, AuctionRecord record) {
            this.question = question;
            this.path = worthReplaying(record) ? record.path() : PricePath.UNKNOWN;
            this.rungs = new Rungs(question.rules());
            this.method = methodFor(record, path);
            var feed = path.isEmpty() ? record.look() : null;
            this.published = feed == null ? madeUp() : seenNow(feed);
            this.look = feed == null ? published : hazards.corrected(published);
            this.replay = path.isEmpty() ? null : new ReplayBids(path, question.ties(), question.reserve(), freshness);
        }

        /** A few days of our own sweeps say less than the provider's month, and are in what is learnt anyway. */
        private static boolean worthReplaying(AuctionRecord record) {
            return record.source() != AuctionRecord.Source.OWN_HISTORY
                    || record.look() == null
                    || record.path().known().compareTo(LEAST_OWN) >= 0;
        }

        private static Method methodFor(AuctionRecord record, PricePath path) {
            if (path.isEmpty()) {
                return record.look() == null ? Method.MARKET_ONLY : Method.PERCENTILES;
            }
            return record.source() == AuctionRecord.Source.AUCTION_HISTORY
                    ? Method.REPLAY
                    : Method.REPLAY_OF_OWN_HISTORY;
        }

        /** The market moves on between two looks. */
        private Look seenNow(Look feed) {
            return new Look(feed.offeringId(), now, question.market(), feed.p20(), feed.p50(), feed.p80());
        }

        private Look madeUp() {
            var market = question.market();
            var recent = path.between(now.minus(WINDOW), now);
            return recent.isEmpty()
                    ? new Look(question.offering().id(), now, market, market, market, market)
                    : new Look(
                            question.offering().id(),
                            now,
                            market,
                            recent.quantile(0.2),
                            recent.quantile(0.5),
                            recent.quantile(0.8));
        }

        Method method() {
            return method;
        }

        List<Rung> rungs() {
            return Arrays.stream(candidates()).mapToObj(this::rung).toList();
        }

        private long[] candidates() {
            if (replay == null) {
                return PercentileRungs.of(hazards, published, rungs, question.ties());
            }
            var usual = Math.max(Math.max(published.p80(), question.market()), 1);
            var most = Math.clamp(path.quantile(1), usual, HIGHEST * usual);
            return rungs.between(0, most, RUNGS_ABOVE, levels());
        }

        /** Where bids begin to hold for longer; rungs are close enough on a ladder, but not without one. */
        private long[] levels() {
            return Arrays.stream(SHARES).mapToLong(path::quantile).toArray();
        }

        Rung rung(long bid) {
            var belief = hazards.of(look, bid, rungs);
            var winsNow = question.winsNow(bid);
            if (replay == null) {
                var survival = winsNow ? belief.over(question.horizonDays()) : Survival.NONE;
                return new Rung(bid, winsNow, survival, null);
            }
            var replayed = replay.of(bid);
            var survival = winsNow || replayed.shareHeld() > 0
                    ? replayed.stretches().survival(question.horizonDays(), doubted(belief, bid), BELIEF_DAYS)
                    : Survival.NONE;
            return new Rung(bid, winsNow, survival, replayed);
        }

        /** That a price was never passed in the time that was seen does not make it impossible: half a loss is added as far as others have not shown better. */
        private Hazard doubted(Hazard belief, long bid) {
            var doubt = UNSEEN_LOSS * hazards.presumed(look, bid, rungs);
            return new Hazard(belief.perDay() * BELIEF_DAYS + doubt, BELIEF_DAYS);
        }

        Former former(FormerRule rule) {
            var bid = rule.bidAt(question.offering().price().amount());
            return new Former(rule, rung(Micros.of(bid)), question.rules().accept(bid));
        }
    }
}
