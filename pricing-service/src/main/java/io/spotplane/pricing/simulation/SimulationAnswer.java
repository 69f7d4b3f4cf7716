package io.spotplane.pricing.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.contracts.vocabulary.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the policies fared.
 *
 * @param tick the step of the replay: that of the traces
 * @param learnt how much of the beginning was learnt from
 * @param method how {@code EXACT} decided in each group of pools, and why
 * @param policies one for each policy, in the order asked for
 * @param runs each window of each group of pools, in order
 * @param seed that the windows were drawn from
 */
record SimulationAnswer(
        Duration tick, Duration learnt, List<String> method, List<Result> policies, List<Run> runs, long seed) {

    /**
     * A policy over all runs.
     *
     * @param policy which
     * @param meanCost mean cost of a run
     * @param ofOnDemand cost as a share of on demand alone
     * @param ofClairvoyant cost as a share of the clairvoyant's; null when that was not asked for
     * @param meanRegret what it paid more than the clairvoyant, a run
     * @param worst highest cost of a run as a share of the clairvoyant's in that run
     * @param meanStarts machines started, a run
     * @param meanReclaims machines taken back, a run
     * @param deadlinesKept runs in time
     * @param deadlinesMissed runs late
     */
    record Result(
            PolicyName policy,
            Money meanCost,
            double ofOnDemand,
            @Nullable Double ofClairvoyant,
            @Nullable Money meanRegret,
            @Nullable Double worst,
            double meanStarts,
            double meanReclaims,
            int deadlinesKept,
            int deadlinesMissed) {}

    /**
     * One window.
     *
     * @param pools the traces
     * @param start from the beginning of the traces
     * @param costs by policy, in the order asked for
     * @param timelines what was held when, by policy; for the first window only
     */
    record Run(
            List<String> pools,
            Duration start,
            List<Money> costs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Timeline> timelines) {}

    /**
     * A run of a policy.
     *
     * @param policy which
     * @param finishedAfter when the work was done; null when it was not in time
     * @param stretches what was held, idle times left out
     */
    record Timeline(PolicyName policy, @Nullable Duration finishedAfter, List<Held> stretches) {}

    /**
     * A stretch of time with one machine.
     *
     * @param from since the start of the run
     * @param time how long
     * @param pool the trace of a spot machine; null on demand
     * @param startUp how long it did not work at the beginning
     * @param reclaimed whether it was taken back
     */
    record Held(Duration from, Duration time, @Nullable String pool, Duration startUp, boolean reclaimed) {}
}
