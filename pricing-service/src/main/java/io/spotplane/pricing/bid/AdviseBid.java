package io.spotplane.pricing.bid;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.AuctionBoard;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.web.ProblemException;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers what to bid, from memory and off the event loop. */
@Component
class AdviseBid {

    private final Storefront storefront;
    private final AuctionBoard board;
    private final LearntBids learnt;
    private final MeterRegistry meters;

    AdviseBid(Storefront storefront, AuctionBoard board, LearntBids learnt, MeterRegistry meters) {
        this.storefront = storefront;
        this.board = board;
        this.learnt = learnt;
        this.meters = meters;
        for (var method : Advice.Method.values()) {
            timer(method);
        }
    }

    private Timer timer(Advice.Method method) {
        return meters.timer(PricingMeasure.BID_ADVICE.meterName(), "method", method.name());
    }

    /** The advice; a problem for what is not for sale or takes no bids. */
    Mono<Advice> on(String offeringId, Wish wish) {
        return Mono.fromCallable(() -> answer(biddable(offeringId), wish))
                .subscribeOn(Schedulers.boundedElastic())
                .checkpoint("advise a bid");
    }

    private Advice answer(Offering offering, Wish wish) {
        var began = Timer.start();
        var choose = learnt.of(offering.provider(), wish.ties());
        var record = board.record(offering.id()).orElseGet(() -> AuctionRecord.unknown(offering.id()));
        var wanted = Objects.requireNonNullElseGet(wish.survival(), () -> choose.survivalLikeP80(wish.horizon()));
        var advice = choose.answer(Question.of(offering, wanted, wish.horizon(), wish.maxBid(), wish.ties()), record);
        began.stop(timer(advice.method()));
        return advice;
    }

    private Offering biddable(String offeringId) {
        var offering = storefront
                .offering(offeringId)
                .map(Storefront.Found::offering)
                .orElseThrow(
                        () -> ProblemException.of(ProblemType.NOT_FOUND, "nobody sells an offering with this id now"));
        if (offering.bidRules() == null) {
            throw ProblemException.of(ProblemType.STATE_CONFLICT, withoutBids(offering));
        }
        return offering;
    }

    private String withoutBids(Offering offering) {
        return switch (offering.capacityType()) {
            case ON_DEMAND -> "an on-demand offering is bought at its price; there is nothing to bid";
            case SPOT ->
                "%s holds no auction for this offering: its price is the provider's, and a maximum price of one's own only adds interruptions. Leave it out%s"
                        .formatted(offering.provider(), onDemandPrice(offering));
        };
    }

    private String onDemandPrice(Offering spot) {
        return storefront
                .offering(spot.id().replaceFirst(":spot$", ":on_demand"))
                .map(twin -> ", or set it to the on-demand price of "
                        + twin.offering().price())
                .orElse(", or set it to the on-demand price");
    }
}
