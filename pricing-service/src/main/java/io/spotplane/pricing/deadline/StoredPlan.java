package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.pricing.trace.RunLengths;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the decisions of a plan follow from. The same on every replica, whatever happens to traces and prices later.
 *
 * @param id its id
 * @param createdAt when it was made, which is when its time begins
 * @param deadline when everything must be done
 * @param work time of work
 * @param startUp time of a start
 * @param loss most progress that a reclaim undoes
 * @param pools the pools, in the order of the choices
 * @param onDemandOfferingId what to fall back on; null where it is no offering of ours
 * @param onDemandPrice its price
 * @param answer what was answered when the plan was made
 */
record StoredPlan(
        UUID id,
        Instant createdAt,
        Instant deadline,
        Duration work,
        Duration startUp,
        Duration loss,
        List<PlanPool> pools,
        @Nullable String onDemandOfferingId,
        HourlyPrice onDemandPrice,
        DeadlinePlan answer) {

    Task task() {
        return new Task(work, Duration.between(createdAt, deadline), startUp, loss);
    }

    /**
     * A pool of a plan.
     *
     * @param name how the plan calls it: the offering's id, or the name that was given
     * @param offeringId the spot offering; null where it is none of ours
     * @param spotPrice its price
     * @param up whether it was up when the plan was made
     * @param past what it did until then; null where nothing was known
     */
    record PlanPool(
            String name,
            @Nullable String offeringId,
            HourlyPrice spotPrice,
            boolean up,
            @Nullable RunLengths past) {}
}
