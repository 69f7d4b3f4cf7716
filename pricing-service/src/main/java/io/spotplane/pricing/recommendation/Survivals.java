package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.ReclaimRisk;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How likely a machine is to be kept, from whoever knows: bids from their history, other spot capacity from observed reclaims. Where nobody
 * knows, a prior: half a reclaim a day, and for bids that rate divided by how many times the market price they are.
 *
 * <p>The shape of the prior for bids is what seven weekly snapshots of 101 auctioned classes show: the share of pairs of dates at which the later
 * price is above r times the earlier one is 0.058, 0.033, 0.012 for r = 1, 2, 5. Its level is between what providers publish for common types (a
 * few per cent a month) and what was measured for scarce GPUs (0.7 to 1.8 a day).
 */
public final class Survivals {

    /** How many times likelier a pool loses machines when another pool of its region just did: measured on public traces (2.79). */
    static final double TOGETHER_IN_REGION = 2.79;

    private static final double RECLAIMS_PER_DAY = 0.5;
    private static final int MOST_POOLS_COMPARED = 8;

    private final @Nullable BidSurvival bids;
    private final @Nullable ReclaimRisk reclaims;

    /** With what is known; null for nothing. */
    public Survivals(@Nullable BidSurvival bids, @Nullable ReclaimRisk reclaims) {
        this.bids = bids;
        this.reclaims = reclaims;
    }

    /** The same, asking about each bid once. Not for sharing between threads. */
    Survivals remembering() {
        var asked = bids;
        if (asked == null) {
            return this;
        }
        record Question(String offeringId, BigDecimal bid, Duration horizon) {}
        var known = new HashMap<Question, OptionalDouble>();
        return new Survivals(
                (offeringId, bid, horizon) -> known.computeIfAbsent(
                        new Question(offeringId, bid, horizon), first -> asked.survival(offeringId, bid, horizon)),
                reclaims);
    }

    /** The chance that a machine of {@code offering} at {@code bid} is still there after {@code horizon}. */
    double kept(Offering offering, @Nullable BigDecimal bid, Duration horizon) {
        if (offering.capacityType() == CapacityType.ON_DEMAND) {
            return 1;
        }
        double kept = bid == null ? spot(offering, horizon) : held(offering, bid, horizon);
        return Math.clamp(kept, 0.0, 1.0);
    }

    /** Where the answers come from, for people. */
    String basis() {
        return "bids: " + (bids == null ? "prior" : "history") + "; reclaims: "
                + (reclaims == null ? "prior" : "observed");
    }

    private double held(Offering offering, BigDecimal bid, Duration horizon) {
        var known = bids == null ? OptionalDouble.empty() : bids.survival(offering.id(), bid, horizon);
        double timesMarket =
                bid.doubleValue() / Math.max(offering.billedPrice().amount().doubleValue(), 1e-6);
        return known.orElseGet(() -> prior(RECLAIMS_PER_DAY / Math.max(timesMarket, 1), horizon));
    }

    private double spot(Offering offering, Duration horizon) {
        return reclaims == null
                ? prior(RECLAIMS_PER_DAY, horizon)
                : reclaims.survival(Pool.of(offering), Duration.ZERO, horizon).probability();
    }

    private static double prior(double perDay, Duration horizon) {
        return Math.exp(-perDay * Option.hours(horizon) / 24);
    }

    /** How many times likelier the pools of one region lose machines together than if they were independent; at least 1. */
    double together(List<Pool> pools) {
        if (reclaims == null) {
            return TOGETHER_IN_REGION;
        }
        var compared = pools.stream().limit(MOST_POOLS_COMPARED).toList();
        double sum = 0;
        int pairs = 0;
        for (int one = 0; one < compared.size(); one++) {
            for (int other = one + 1; other < compared.size(); other++) {
                sum += reclaims.togetherness(compared.get(one), compared.get(other));
                pairs++;
            }
        }
        return pairs == 0 ? 1 : Math.max(1, sum / pairs);
    }
}
