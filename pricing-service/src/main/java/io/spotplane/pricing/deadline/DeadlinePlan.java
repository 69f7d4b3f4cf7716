package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it is answered.
 *
 * @param id for following it
 * @param createdAt when its time begins
 * @param deadline when everything will be done
 * @param work time of work
 * @param startUp time of a start
 * @param checkpointLoss most progress that a reclaim undoes
 * @param method how it decides
 * @param why that method
 * @param tick the step in which it thinks; ask for a decision at least as often
 * @param first what to do now
 * @param cost what it will cost
 * @param onDemandOfferingId what it falls back on
 * @param onDemandPrice at what price
 * @param pools the pools it runs on, and what is believed of them
 * @param leftOut pools it does not run on, and why
 * @param guide what to do with nothing held, by time left
 */
record DeadlinePlan(
        UUID id,
        Instant createdAt,
        Instant deadline,
        Duration work,
        Duration startUp,
        Duration checkpointLoss,
        PlanWork.Method method,
        String why,
        Duration tick,
        Decision first,
        Outcomes cost,
        @Nullable String onDemandOfferingId,
        HourlyPrice onDemandPrice,
        List<PoolBelief> pools,
        List<LeftOut> leftOut,
        List<GuideRow> guide) {

    /**
     * What it will cost. What rests on learnt chances is null while nothing was learnt; least and most hold whatever happens.
     *
     * @param expected mean over what may happen
     * @param p10 one run in ten is cheaper
     * @param p50 one run in two is cheaper
     * @param p90 one run in ten is dearer
     * @param least without any reclaim, on the cheapest pool
     * @param most on demand or spot, whichever is dearer, all the time until the deadline
     * @param onDemandOnly what on demand alone costs
     * @param greedy mean of spot whenever there is some, and on demand when nothing else is left
     * @param onDemandProbability the chance that any time on demand is paid for
     * @param expectedOnDemand mean time on demand
     * @param expectedStarts mean number of machines started
     * @param withinBudgetProbability the chance that the budget suffices; null without a budget
     * @param runs how many runs were drawn
     * @param seed from which seed
     */
    record Outcomes(
            @Nullable Money expected,
            @Nullable Money p10,
            @Nullable Money p50,
            @Nullable Money p90,
            Money least,
            Money most,
            Money onDemandOnly,
            @Nullable Money greedy,
            @Nullable Double onDemandProbability,
            @Nullable Duration expectedOnDemand,
            @Nullable Double expectedStarts,
            @Nullable Double withinBudgetProbability,
            int runs,
            long seed) {}

    /**
     * A pool and what is believed of it.
     *
     * @param name how the plan calls it
     * @param offeringId the spot offering
     * @param spotPrice at what price
     * @param up whether a machine can be had now
     * @param observed how long its past is; null when unknown
     * @param turns how often it turned in that time
     * @param upShare share of that time that it was up
     * @param reclaimsPerHour chance of a reclaim an hour, by age of the time up
     * @param returnsPerHour chance of coming back an hour, by age of the time down
     */
    record PoolBelief(
            String name,
            @Nullable String offeringId,
            HourlyPrice spotPrice,
            boolean up,
            @Nullable Duration observed,
            @Nullable Integer turns,
            @Nullable Double upShare,
            List<AgeChance> reclaimsPerHour,
            List<AgeChance> returnsPerHour) {}

    /**
     * A chance by age.
     *
     * @param from age from which it holds
     * @param perHour turns an hour
     */
    record AgeChance(Duration from, double perHour) {}

    /**
     * A pool that is not part of the plan.
     *
     * @param name the pool
     * @param reason why
     */
    record LeftOut(String name, String reason) {}

    /**
     * What to do with nothing held, at some time before the deadline. Slack is time left less work left.
     *
     * @param timeLeft until the deadline
     * @param startsSpotFrom least slack with which a spot machine is started when one can be had; null when never
     * @param waitsFrom least slack with which one waits when none can be had; below it one buys on demand; null when never
     */
    record GuideRow(
            Duration timeLeft,
            @Nullable Duration startsSpotFrom,
            @Nullable Duration waitsFrom) {}
}
