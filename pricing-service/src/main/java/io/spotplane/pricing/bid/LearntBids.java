package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.auction.AuctionBoard;
import io.spotplane.pricing.offering.Storefront;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is learnt of each provider's auctions, kept until the board shows something new or some minutes passed. */
@Component
class LearntBids {

    private static final Duration KEEP = Duration.ofMinutes(5);

    private final AuctionBoard board;
    private final Storefront storefront;
    private final BidSettings settings;
    private final Clock clock;
    private final Map<Key, Learnt> kept = new ConcurrentHashMap<>();

    LearntBids(AuctionBoard board, Storefront storefront, BidSettings settings, Clock clock) {
        this.board = board;
        this.storefront = storefront;
        this.settings = settings;
        this.clock = clock;
    }

    /** For the auctions of {@code provider}. May compute for some hundreds of milliseconds. */
    ChooseBid of(String provider, Ties ties) {
        return kept.compute(
                        new Key(provider, ties),
                        (key, learnt) ->
                                learnt != null && learnt.isGood(board.version(), clock.instant()) ? learnt : learn(key))
                .choose();
    }

    private Learnt learn(Key key) {
        var now = clock.instant();
        var version = board.version();
        return new Learnt(
                version,
                now,
                ChooseBid.learning(
                        board.looks(key.provider()),
                        board.paths(key.provider()),
                        this::rules,
                        key.ties(),
                        settings.halfLife(),
                        now));
    }

    private @Nullable BidRules rules(String offeringId) {
        return storefront
                .offering(offeringId)
                .map(Storefront.Found::offering)
                .map(Offering::bidRules)
                .orElse(null);
    }

    private record Key(String provider, Ties ties) {}

    private record Learnt(long version, Instant at, ChooseBid choose) {
        boolean isGood(long present, Instant now) {
            return version == present && now.isBefore(at.plus(KEEP));
        }
    }
}
