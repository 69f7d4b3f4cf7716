package io.spotplane.pricing.deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says what a plan believes of its pools, in hours instead of ticks. */
final class PoolBeliefs {

    private PoolBeliefs() {}

    static List<DeadlinePlan.PoolBelief> of(PlanWork.Planned planned, List<StoredPlan.PlanPool> pools) {
        var outlook = planned.outlook();
        return IntStream.range(0, pools.size())
                .mapToObj(at -> of(pools.get(at), outlook == null ? null : outlook.chains()[at], planned.tick()))
                .toList();
    }

    private static DeadlinePlan.PoolBelief of(
            StoredPlan.PlanPool pool, @Nullable AvailabilityChain chain, Duration tick) {
        var past = pool.past();
        var trace = past == null ? null : past.trace(pool.name());
        var ages = trace == null ? null : PlanWork.past(trace, trace.tick());
        return new DeadlinePlan.PoolBelief(
                pool.name(),
                pool.offeringId(),
                pool.spotPrice(),
                pool.up(),
                trace == null ? null : trace.length(),
                ages == null ? null : ages.turns(),
                ages == null ? null : upShare(ages),
                chain == null ? List.of() : chances(chain.up(), tick),
                chain == null ? List.of() : chances(chain.down(), tick));
    }

    private static double upShare(PoolPast past) {
        long up = java.util.Arrays.stream(past.ages()).filter(age -> age > 0).count();
        return Math.round(10_000.0 * up / past.ticks()) / 10_000.0;
    }

    private static List<DeadlinePlan.AgeChance> chances(AvailabilityChain.Side side, Duration tick) {
        var chances = new ArrayList<DeadlinePlan.AgeChance>();
        for (int band = 0; band < side.bands(); band++) {
            double perHour = side.chances()[band] * Duration.ofHours(1).toMillis() / tick.toMillis();
            chances.add(new DeadlinePlan.AgeChance(
                    tick.multipliedBy(side.from()[band] - 1L), Math.round(perHour * 10_000) / 10_000.0));
        }
        return chances;
    }
}
