package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.PricePath;
import java.util.ArrayList;

/** Walks past prices with a bid in hand, as if the own bid had moved none of them. */
final class ReplayBids {

    private static final double SECONDS_PER_DAY = 86_400;

    private final PricePath path;
    private final Ties ties;
    private final long reserve;
    private final Freshness freshness;

    /**
     * @param path the prices
     * @param ties what happens when the market reaches the bid
     * @param reserve least that winners pay, in millionths
     * @param freshness how much the past counts
     */
    ReplayBids(PricePath path, Ties ties, long reserve, Freshness freshness) {
        this.path = path;
        this.ties = ties;
        this.reserve = reserve;
        this.freshness = freshness;
    }

    /** What {@code bid} would have met. */
    RungReplay of(long bid) {
        var walk = new Walk(ties.limit(bid));
        path.stretches().forEach(walk::step);
        walk.end(false);
        var known = path.known().toSeconds();
        var held = new HeldStretches(walk.stretches);
        return new RungReplay(
                bid,
                known == 0 ? 0 : (double) walk.heldSeconds / known,
                known == 0 ? 0 : held.losses() / (known / SECONDS_PER_DAY),
                walk.heldSeconds == 0 ? 0 : Math.round((double) walk.paid / walk.heldSeconds),
                held);
    }

    private final class Walk {

        private final long limit;
        private final ArrayList<HeldStretches.Held> stretches = new ArrayList<>();
        private long heldSince = -1;
        private long reached;
        private long heldSeconds;
        /** Micro-dollars an hour times seconds. */
        private long paid;

        Walk(long limit) {
            this.limit = limit;
        }

        void step(PricePath.Stretch next) {
            if (next.from() != reached) {
                end(false);
            }
            if (next.micros() > limit) {
                end(true);
            } else {
                hold(next);
            }
            reached = next.until();
        }

        private void hold(PricePath.Stretch next) {
            heldSince = heldSince < 0 ? next.from() : heldSince;
            heldSeconds += next.seconds();
            paid += Math.max(next.micros(), reserve) * next.seconds();
        }

        void end(boolean lost) {
            if (heldSince >= 0) {
                var weight = freshness.between(heldSince, reached);
                stretches.add(HeldStretches.Held.of(heldSince, reached, weight, lost));
                heldSince = -1;
            }
        }
    }
}
