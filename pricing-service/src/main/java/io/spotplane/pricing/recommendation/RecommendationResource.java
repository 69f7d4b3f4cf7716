package io.spotplane.pricing.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.pricing.recommendation.RecommendationRequest.Strategy;
import io.spotplane.pricing.recommendation.exact.Solution;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation as it is answered and kept.
 *
 * @param id under which it can be looked up
 * @param createdAt when it was made
 * @param keptUntil how long it can be looked up at least
 * @param requested the request
 * @param assumptions the constants that were used
 * @param optimum the cheapest plan; null when it was not asked for
 * @param scenarios what the rules of thumb would buy
 * @param warnings what to know before relying on it
 * @param sources the markets that it rests on
 * @param candidates how many offerings were looked at, and what became of them
 * @param links where the rest of it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecommendationResource(
        UUID id,
        Instant createdAt,
        Instant keptUntil,
        RecommendationRequest requested,
        Assumptions assumptions,

        @Schema(description = "The cheapest plan, proven; absent when it was not asked for") @Nullable
        OptimumResource optimum,

        List<ScenarioResource> scenarios,
        List<String> warnings,
        List<Source> sources,
        Candidates candidates,
        Links links) {

    /**
     * The constants of scores and estimates.
     *
     * @param monthHours hours of a month
     * @param cpuWeight of a vCPU in the old builder's capacity
     * @param memoryWeight of a GB in it
     * @param generation2Factor on it
     * @param riskBidFactor on the price, for the old builder's bids
     * @param restart work that a reclaim destroys
     * @param survival where chances of being kept come from
     */
    public record Assumptions(
            @Schema(example = "730") int monthHours,
            @Schema(example = "1.0") BigDecimal cpuWeight,
            @Schema(example = "1.0") BigDecimal memoryWeight,
            @Schema(example = "1.10") BigDecimal generation2Factor,
            @Schema(example = "1.20") BigDecimal riskBidFactor,
            @Schema(example = "PT12M", type = "string") Duration restart,

            @Schema(example = "bids: prior; reclaims: observed")
            String survival) {}

    /**
     * The cheapest plan, or why there is none.
     *
     * @param status what is known
     * @param plan the plan
     * @param bound no plan within the limits costs less for an hour of useful work
     * @param gap what the plan costs more than the bound
     * @param boxes into how many parts the possibilities were cut to prove it
     * @param infeasible why there is no plan
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OptimumResource(
            Solution.Status status,
            @Nullable PlanResource plan,

            @Schema(description = "No plan within the limits costs less for an hour of useful work") @Nullable
            HourlyPrice bound,

            @Schema(description = "What the plan costs more than the bound; 0 when it is proven the cheapest") @Nullable
            HourlyPrice gap,

            @Schema(example = "1") int boxes,
            @Nullable Explanation infeasible) {}

    /**
     * What a rule of thumb would buy.
     *
     * @param strategy which
     * @param status {@code OK}, {@code BREAKS_LIMITS} or {@code NO_CANDIDATES}
     * @param score by the rule's own measure
     * @param breaks the limits that it does not keep
     * @param plan what it buys
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScenarioResource(
            Strategy strategy,
            @Schema(example = "OK") String status,
            @Schema(example = "0.83") BigDecimal score,
            List<String> breaks,
            @Nullable PlanResource plan) {}

    /**
     * Machines to buy.
     *
     * @param purchases what, where, how many, at which bid
     * @param nodes machines
     * @param vcpu virtual CPUs in total
     * @param memoryMiB memory in total
     * @param gpus GPUs in total
     * @param billed what an hour is billed at today's markets
     * @param worstCase what an hour would be billed if every market rose to the bid
     * @param perUsefulHour billed, and the work that reclaims destroy: what is minimised
     * @param perMonth billed for a month
     * @param loss what may be lost
     */
    public record PlanResource(
            List<Purchase> purchases,
            int nodes,
            long vcpu,
            long memoryMiB,
            long gpus,
            HourlyPrice billed,
            HourlyPrice worstCase,
            HourlyPrice perUsefulHour,
            Money perMonth,
            LossResource loss) {}

    /**
     * Machines of one offering at one bid.
     *
     * @param offeringId what
     * @param provider its provider
     * @param region its region
     * @param zone its zone
     * @param instanceType its type
     * @param capacityType spot or on demand
     * @param nodes how many
     * @param billed what each is billed an hour
     * @param bid what to bid for each, a bid that its market accepts
     * @param kept the chance that one is kept through the horizon
     * @param confidence how much is known of its stock; absent when nobody said anything
     * @param stale whether its price is older than its market's limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Purchase(
            String offeringId,
            String provider,
            String region,
            @Nullable String zone,
            String instanceType,
            CapacityType capacityType,
            int nodes,
            HourlyPrice billed,
            @Nullable HourlyPrice bid,
            @Schema(example = "0.905") BigDecimal kept,
            @Nullable Confidence confidence,
            boolean stale) {}

    /**
     * What may be lost to reclaims.
     *
     * @param horizon within this time
     * @param expected machines, in expectation
     * @param chances of losing more than so many
     */
    public record LossResource(
            @Schema(example = "PT24H", type = "string") Duration horizon,
            @Schema(example = "0.47") BigDecimal expected,
            List<Chance> chances) {}

    /**
     * A chance of a loss.
     *
     * @param moreThan machines
     * @param probability of losing more than that
     */
    public record Chance(
            @Schema(example = "2") int moreThan,
            @Schema(example = "0.031") BigDecimal probability) {}

    /**
     * A market that the recommendation rests on.
     *
     * @param source its provider
     * @param asOf when its prices were last confirmed
     * @param stale whether that is longer ago than its limit
     * @param error what its last round met
     */
    public record Source(
            @Schema(example = "rackspace-spot") String source,
            @Nullable Instant asOf,
            boolean stale,
            @Nullable String error) {}

    /**
     * What was looked at.
     *
     * @param total offerings
     * @param byReason what became of how many
     */
    public record Candidates(
            @Schema(example = "101") int total,

            @Schema(example = "{\"CHOSEN\":2,\"OUTDONE\":97,\"OTHER_REGION\":2}")
            Map<Reason, Long> byReason) {}

    /**
     * Where the rest of it is.
     *
     * @param self the whole
     * @param candidates what became of every offering
     * @param certificate what proves the optimum
     */
    public record Links(String self, String candidates, String certificate) {}
}
