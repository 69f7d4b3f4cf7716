package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.alert.BidOutlook;
import io.spotplane.pricing.auction.AuctionBoard;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.recommendation.BidSurvival;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How long capacity at a given bid may last, for decisions elsewhere. Answers from memory; the first question about an offering and horizon replays its past, which
 * is kept until the board shows something new, the price moves or some minutes passed. Empty for what takes no bids, and where the market price of now is all that is known.
 */
@Component
class BidSurvivalEstimates implements BidOutlook, BidSurvival {

    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 20_000;

    private final Storefront storefront;
    private final AuctionBoard board;
    private final LearntBids learnt;
    private final Clock clock;
    private final Map<Key, Outlooks> kept = new ConcurrentHashMap<>();

    BidSurvivalEstimates(Storefront storefront, AuctionBoard board, LearntBids learnt, Clock clock) {
        this.storefront = storefront;
        this.board = board;
        this.learnt = learnt;
        this.clock = clock;
    }

    @Override
    public OptionalDouble survival(String offeringId, BigDecimal bid, Duration horizon) {
        return outlooks(offeringId, horizon)
                .map(outlooks -> OptionalDouble.of(outlooks.survival(Micros.of(bid))))
                .orElseGet(OptionalDouble::empty);
    }

    @Override
    public Optional<Outlook> endsWithin(String offeringId, BigDecimal bid, Duration horizon) {
        return outlooks(offeringId, horizon)
                .map(outlooks -> new Outlook(1 - outlooks.survival(Micros.of(bid)), outlooks.basis()));
    }

    private Optional<Outlooks> outlooks(String offeringId, Duration horizon) {
        return storefront
                .offering(offeringId)
                .map(Storefront.Found::offering)
                .filter(offering -> offering.bidRules() != null)
                .map(offering -> outlooks(offering, horizon))
                .filter(Outlooks::known);
    }

    private Outlooks outlooks(Offering offering, Duration horizon) {
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        return kept.compute(
                new Key(offering.id(), horizon),
                (key, before) -> before != null && before.holds(board.version(), offering, clock.instant())
                        ? before
                        : look(offering, horizon));
    }

    private Outlooks look(Offering offering, Duration horizon) {
        var version = board.version();
        var question = Question.of(offering, 1, horizon, null, Ties.HELD);
        var record = board.record(offering.id()).orElseGet(() -> AuctionRecord.unknown(offering.id()));
        var choose = learnt.of(offering.provider(), Ties.HELD);
        var method = choose.method(question, record);
        return new Outlooks(
                version,
                offering,
                clock.instant(),
                method != Advice.Method.MARKET_ONLY,
                neverFalling(choose.rungs(question, record)),
                Basis.of(method, record));
    }

    /** The best survival of any rung up to each: nobody is worse off for bidding more. */
    private static TreeMap<Long, Double> neverFalling(Iterable<Advice.Rung> ascending) {
        var survivals = new TreeMap<Long, Double>();
        var best = 0.0;
        for (var rung : ascending) {
            best = rung.winsNow() ? Math.max(best, rung.survival().probability()) : best;
            survivals.put(rung.bid(), best);
        }
        return survivals;
    }

    private record Key(String offeringId, Duration horizon) {}

    private record Outlooks(
            long version, Offering offering, Instant at, boolean known, TreeMap<Long, Double> survivals, String basis) {

        boolean holds(long present, Offering now, Instant moment) {
            return version == present && offering.price().equals(now.price()) && moment.isBefore(at.plus(KEEP));
        }

        double survival(long bid) {
            var below = survivals.floorEntry(bid);
            return below == null ? 0 : below.getValue();
        }
    }
}
