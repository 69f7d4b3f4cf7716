package io.spotplane.benchmarks.bids;

import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.function.BiPredicate;

/** How the bids of one rule fared on later dates, beside those of the P80 rule: a machine survived when the market price then was not above its bid. */
final class Judgement {

    private static final long MINIMUM = Micros.of(Snapshots.RULES.minimum());

    private int judged;
    private int lost;
    private int peerLost;
    private int heldMedian;
    private int heldP80;
    private long sum;
    private long peerSum;
    private double ratios;
    private long paid;

    /** Of the pairs of dates (chosen on, judged on) that {@code counts}. */
    Judgement(Snapshots snapshots, Rule rule, Rule peer, BiPredicate<LocalDate, LocalDate> counts) {
        for (var date : snapshots.byDate().headMap(snapshots.byDate().lastKey()).keySet()) {
            var bids = rule.bids().apply(date);
            var peers = peer.bids().apply(date);
            snapshots.byDate().tailMap(date, false).forEach((later, looks) -> {
                if (counts.test(date, later)) {
                    looks.forEach((id, look) -> {
                        if (bids.containsKey(id)) {
                            judge(bids.get(id), peers.get(id), look);
                        }
                    });
                }
            });
        }
    }

    private void judge(long bid, long peerBid, Look later) {
        judged++;
        sum += bid;
        peerSum += peerBid;
        ratios += (double) bid / peerBid;
        peerLost += peerBid < later.market() ? 1 : 0;
        heldMedian += bid >= later.p50() ? 1 : 0;
        heldP80 += bid >= later.p80() ? 1 : 0;
        if (bid < later.market()) {
            lost++;
        } else {
            paid += Math.max(later.market(), MINIMUM);
        }
    }

    int judged() {
        return judged;
    }

    int lost() {
        return lost;
    }

    int peerLost() {
        return peerLost;
    }

    double survived() {
        return 1 - (double) lost / judged;
    }

    double heldMedian() {
        return (double) heldMedian / judged;
    }

    double heldP80() {
        return (double) heldP80 / judged;
    }

    /** Mean of each bid's ratio to the peer's. */
    double meanRatio() {
        return ratios / judged;
    }

    double ratioOfSums() {
        return (double) sum / peerSum;
    }

    String meanPaid() {
        return usd(paid / Math.max(judged - lost, 1));
    }

    String meanOffer() {
        return usd(sum / judged);
    }

    private static String usd(long micros) {
        return BigDecimal.valueOf(micros, 6).setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
