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

    /** A quarter of a byte and some ten nanoseconds for each situation: 12 MB, and half a second of one core, at most. */
    static final long MOST_SITUATIONS = 48_000_000;

    private static final int MOST_PLANS = 4;

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
        var planned = planned(MOST_SITUATIONS, task, pools, onDemand);
        synchronized (plans) {
            plans.put(key, planned);
            if (plans.size() > MOST_PLANS) {
                plans.remove(plans.keySet().iterator().next());
            }
        }
        return planned;
    }

    /** A plan for comparing: one of {@code shares} that together take no longer than one that is followed. */
    static PlanWork.Planned quick(int shares, Task task, StoredPlan.PlanPool pool, HourlyPrice onDemand) {
        return planned(MOST_SITUATIONS / shares, task, List.of(pool), onDemand);
    }

    private static PlanWork.Planned planned(
            long situations, Task task, List<StoredPlan.PlanPool> pools, HourlyPrice onDemand) {
        return new PlanWork(situations).plan(task, rates(pools, onDemand), traces(pools));
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
