package io.spotplane.pricing.bid;

import io.spotplane.pricing.recommendation.BidSurvival;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalDouble;
import org.springframework.stereotype.Component;

/** How long bids hold, for plans: what their auctions' history says. */
@Component
class HeldByHistory implements BidSurvival {

    private final BidSurvivalEstimates estimates;

    HeldByHistory(BidSurvivalEstimates estimates) {
        this.estimates = estimates;
    }

    @Override
    public OptionalDouble survival(String offeringId, BigDecimal bid, Duration horizon) {
        return estimates
                .survival(offeringId, bid, horizon)
                .map(estimate -> OptionalDouble.of(estimate.survival().probability()))
                .orElseGet(OptionalDouble::empty);
    }
}
