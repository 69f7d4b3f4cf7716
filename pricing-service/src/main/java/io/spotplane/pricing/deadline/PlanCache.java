package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Plans that were computed lately, so that a decision is a look into a table. Holds no truth: what is not here is computed again from what is stored, and comes
 * out the same.
 */
@Component
class PlanCache {

    /** A byte for each situation: two seconds of one core, at most. */
    static final long MOST_SITUATIONS = 12_000_000;

    private static final int MOST_PLANS = 4;

    private final PlanWork planner = new PlanWork(MOST_SITUATIONS);
    private final Map<Key, PlanWork.Planned> plans = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(Task task, List<StoredPlan.PlanPool> pools, HourlyPrice onDemand) {}

    /** The plan for {@code task} on {@code pools}; takes its time when it is new, so call it off the event loop. */
    PlanWork.Planned plan(Task task, List<StoredPlan.PlanPool> pools, HourlyPrice onDemand) {
        var key = new Key(task, pools, onDemand);
        synchronized (plans) {
            var present = plans.get(key);
            if (present != null) {
                return present;
            }
        }
        var planned = planner.plan(task, rates(pools, onDemand), traces(pools));
        synchronized (plans) {
            plans.put(key, planned);
            if (plans.size() > MOST_PLANS) {
                plans.remove(plans.keySet().iterator().next());
            }
        }
        return planned;
    }

    private static double[] rates(List<StoredPlan.PlanPool> pools, HourlyPrice onDemand) {
        return pools.stream()
                .mapToDouble(pool -> pool.spotPrice().amount().doubleValue()
                        / onDemand.amount().doubleValue())
                .toArray();
    }

    private static List<io.spotplane.pricing.trace.AvailabilityTrace> traces(List<StoredPlan.PlanPool> pools) {
        return pools.stream()
                .filter(pool -> pool.past() != null)
                .map(pool -> Objects.requireNonNull(pool.past()).trace(pool.name()))
                .toList();
    }
}
