package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.AuctionBoard;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.offering.Storefront;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How long capacity at a given bid may last, for decisions elsewhere. Answers from memory, computing for some tens of milliseconds after something new was seen: ask
 * off the event loop. Empty for what is not for sale or takes no bids.
 */
@Component
public class BidSurvivalEstimates {

    private final Storefront storefront;
    private final AuctionBoard board;
    private final LearntBids learnt;

    BidSurvivalEstimates(Storefront storefront, AuctionBoard board, LearntBids learnt) {
        this.storefront = storefront;
        this.board = board;
        this.learnt = learnt;
    }

    /** The chance that a machine at {@code bid} is still there after {@code horizon}; none when the market is above the bid now. */
    public Optional<Estimate> survival(String offeringId, BigDecimal bid, Duration horizon) {
        return storefront
                .offering(offeringId)
                .map(Storefront.Found::offering)
                .filter(offering -> offering.bidRules() != null)
                .map(offering -> {
                    var question = Question.of(offering, 1, horizon, null, Ties.HELD);
                    var record = board.record(offeringId).orElseGet(() -> AuctionRecord.unknown(offeringId));
                    var choose = learnt.of(offering.provider(), Ties.HELD);
                    var rung = choose.outlook(question, record, Micros.of(bid));
                    var survival = rung.winsNow() ? rung.survival() : Survival.NONE;
                    return new Estimate(survival, Basis.of(choose.method(question, record), record));
                });
    }

    /** The chance that it ends within {@code horizon}: what is left of {@link #survival}. */
    public Optional<Estimate> endsWithin(String offeringId, BigDecimal bid, Duration horizon) {
        return survival(offeringId, bid, horizon).map(Estimate::opposite);
    }

    /**
     * A probability and what it rests on.
     *
     * @param survival the probability
     * @param basis for people
     */
    public record Estimate(Survival survival, String basis) {
        Estimate opposite() {
            return new Estimate(
                    new Survival(1 - survival.probability(), 1 - survival.high(), 1 - survival.low()), basis);
        }
    }
}
