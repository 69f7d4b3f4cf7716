package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.Micros;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a bid.
 *
 * @param offering for what
 * @param rules which bids its market accepts
 * @param survival wanted chance to survive
 * @param horizon for how long
 * @param maxBid most that may be bid; null for no limit
 * @param ties what happens when the market reaches the bid
 */
public record Question(
        Offering offering,
        BidRules rules,
        double survival,
        Duration horizon,
        @Nullable BigDecimal maxBid,
        Ties ties) {

    private static final double SECONDS_PER_DAY = 86_400;

    /** About an offering that takes bids. */
    static Question of(Offering offering, double survival, Duration horizon, @Nullable BigDecimal maxBid, Ties ties) {
        return new Question(offering, Objects.requireNonNull(offering.bidRules()), survival, horizon, maxBid, ties);
    }

    long market() {
        return Micros.of(offering.price().amount());
    }

    /** Least that winners pay. */
    long reserve() {
        return Micros.of(rules.minimum());
    }

    double horizonDays() {
        return horizon.toSeconds() / SECONDS_PER_DAY;
    }

    /** Whether {@code bid} would hold a machine at the market price of now. */
    boolean winsNow(long bid) {
        return market() <= ties.limit(bid);
    }

    boolean allows(long bid) {
        return maxBid == null || bid <= Micros.of(maxBid);
    }
}
