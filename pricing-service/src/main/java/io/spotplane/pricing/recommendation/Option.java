package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.risk.Pool;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One way to have a machine: an offering, at a bid where its market takes bids. Amounts are millionths an hour.
 *
 * @param offering what is bought
 * @param pool where from
 * @param bid the limit that its market is told; null where nothing is bid
 * @param billed what is billed at today's market, whatever the bid
 * @param reserved what would be billed if the market rose to the bid
 * @param effective billed, and the work that reclaims destroy
 * @param lost the chance that it is taken back within the horizon
 */
record Option(
        Offering offering,
        Pool pool,
        @Nullable BigDecimal bid,
        long billed,
        long reserved,
        long effective,
        double lost) {

    private static final double LEAST_KEPT = 1e-6;

    /** With the cost of an hour of useful work: reclaims at a constant rate, each of which destroys {@code restart} of it. */
    static Option of(Offering offering, @Nullable BigDecimal bid, double kept, Duration horizon, Duration restart) {
        long billed = Micros.of(offering.billedPrice().amount());
        long reserved = bid == null ? billed : Math.max(billed, Micros.of(bid));
        double reclaimsPerHour = -Math.log(Math.max(kept, LEAST_KEPT)) / hours(horizon);
        long effective = Math.round(billed * (1 + reclaimsPerHour * hours(restart)));
        return new Option(offering, Pool.of(offering), bid, billed, reserved, effective, 1 - kept);
    }

    static double hours(Duration time) {
        return time.toMillis() / 3_600_000.0;
    }

    boolean spot() {
        return offering.capacityType() == CapacityType.SPOT;
    }

    /** Provider and region: names of regions are each provider's own. */
    String region() {
        return offering.provider() + "/" + offering.region();
    }
}
