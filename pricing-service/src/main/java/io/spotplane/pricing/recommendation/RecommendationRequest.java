package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a recommendation. What is absent is not limited.
 *
 * @param nodes machines, exactly
 * @param mostNodes machines at most when only totals are wanted; 1000 when absent
 * @param totals what all machines together must have at least
 * @param perNode limits on each machine
 * @param gpu limits on GPUs
 * @param classes what the type's name begins with
 * @param regions the providers' region names
 * @param providers provider names
 * @param generation of the type, where its name says so
 * @param capacityTypes spot, on demand
 * @param risk acceptable loss in one word
 * @param budget limits on cost
 * @param spread limits on having much in one place
 * @param loss limits on what may be lost
 * @param restart work that a reclaim destroys on each machine; 12 minutes when absent
 * @param strategies what to answer; everything when absent
 */
public record RecommendationRequest(
        @Schema(description = "Machines, exactly", example = "5") @Nullable
        Integer nodes,

        @Schema(description = "Machines at most when only totals are wanted; 1000 when absent") @Nullable
        Integer mostNodes,

        @Schema(description = "What all machines together must have at least") @Nullable
        Totals totals,

        @Nullable PerNode perNode,
        @Nullable GpuLimits gpu,

        @Schema(description = "What the type's name begins with", example = "[\"gp\",\"ch\"]") @Nullable
        List<String> classes,

        @Schema(example = "[\"us-east-iad-1\"]") @Nullable List<String> regions,
        @Schema(example = "[\"rackspace\"]") @Nullable List<String> providers,

        @Schema(description = "Of the type, where its name says so", example = "2") @Nullable
        Integer generation,

        @Nullable List<CapacityType> capacityTypes,
        @Nullable Risk risk,
        @Nullable BudgetLimits budget,
        @Nullable SpreadLimits spread,
        @Nullable LossLimits loss,

        @Schema(
                description = "Work that a reclaim destroys on each machine; 12 minutes when absent",
                example = "PT12M",
                type = "string")
        @Nullable
        Duration restart,

        @Schema(description = "What to answer; everything when absent") @Nullable
        List<Strategy> strategies) {

    /** Machines of one plan at most. */
    static final int MOST_NODES = 10_000;

    static final int MONTH_HOURS = 730;

    private static final int USUAL_MOST_NODES = 1_000;
    private static final int MOST_NAMES = 50;
    private static final int MOST_GENERATION = 99;
    private static final long MOST_VCPU = 10_000_000;
    private static final long MOST_MEMORY_MIB = 100_000_000_000L;
    private static final Duration USUAL_RESTART = Duration.ofMinutes(12);
    private static final Duration LEAST_HORIZON = Duration.ofMinutes(1);
    private static final Duration MOST_HORIZON = Duration.ofDays(90);

    /**
     * What all machines together must have at least.
     *
     * @param vcpu virtual CPUs
     * @param memoryMiB memory
     * @param gpus GPUs, of the models of {@code gpu} if it names any
     */
    public record Totals(
            @Schema(example = "64") @Nullable Long vcpu,
            @Schema(example = "262144") @Nullable Long memoryMiB,
            @Schema(example = "8") @Nullable Long gpus) {}

    /**
     * Limits on each machine.
     *
     * @param leastVcpu virtual CPUs
     * @param leastMemoryMiB memory
     * @param mostPrice most that it may be billed, and bid
     */
    public record PerNode(
            @Schema(example = "4") @Nullable Integer leastVcpu,
            @Schema(example = "15360") @Nullable Long leastMemoryMiB,
            @Nullable HourlyPrice mostPrice) {}

    /**
     * Limits on GPUs.
     *
     * @param models models, families or aliases
     * @param perNode of each machine, exactly
     * @param mostPrice most that each may be billed
     */
    public record GpuLimits(
            @Schema(example = "[\"A30\"]") @Nullable List<String> models,
            @Schema(example = "1") @Nullable Integer perNode,
            @Nullable HourlyPrice mostPrice) {}

    /**
     * Limits on cost.
     *
     * @param per for an hour or for a month of 730
     * @param least at least so much
     * @param most at most so much
     * @param basis today's bill ({@code EXPECTED}, when absent) or the bids ({@code WORST_CASE})
     */
    public record BudgetLimits(
            @Nullable Period per,
            @Nullable Money least,
            @Nullable Money most,
            Wish.Budget.@Nullable Basis basis) {

        /** What a budget is for. */
        public enum Period {
            HOUR,
            MONTH
        }
    }

    /**
     * Limits on having much in one place, in per cent of what is wanted.
     *
     * @param mostPercentInPool of one type in one zone
     * @param mostPercentInRegion of one region
     * @param mostNodesInPool machines of one type in one zone
     * @param leftPercentWithoutAnyRegion what the others must still have when any one region is gone
     */
    public record SpreadLimits(
            @Schema(example = "50") @Nullable Integer mostPercentInPool,
            @Schema(example = "60") @Nullable Integer mostPercentInRegion,
            @Nullable Integer mostNodesInPool,
            @Schema(example = "40") @Nullable Integer leftPercentWithoutAnyRegion) {}

    /**
     * Limits on what may be lost to reclaims.
     *
     * @param horizon within this time from now; a day when absent
     * @param mostLostPercent of the machines, in expectation
     * @param moreThan machines that may be lost without worry
     * @param probability that more than that are lost, at most
     */
    public record LossLimits(
            @Schema(example = "PT24H", type = "string") @Nullable
            Duration horizon,

            @Schema(example = "20") @Nullable BigDecimal mostLostPercent,
            @Schema(example = "2") @Nullable Integer moreThan,
            @Schema(example = "0.05") @Nullable BigDecimal probability) {}

    /** What can be answered. */
    public enum Strategy {
        MAX_PERFORMANCE,
        MAX_VALUE,
        BALANCED,
        OPTIMUM
    }

    /** Everything that is wrong with it; empty when nothing is. */
    public List<FieldError> errors(String currency) {
        var faults = new RequestFaults(currency);
        faults.range("/nodes", nodes, 1, MOST_NODES);
        faults.range("/mostNodes", mostNodes, 1, MOST_NODES);
        faults.refuse(nodes != null && mostNodes != null, "/mostNodes", "CONTRADICTION", "nodes says how many already");
        totalsErrors(faults);
        faults.refuse(
                nodes == null && wanted().isEmpty(),
                "/nodes",
                "REQUIRED",
                "nothing is wanted, expected nodes or at least one of totals");
        nodeErrors(faults);
        gpuErrors(faults);
        faults.names("/classes", classes, MOST_NAMES);
        faults.names("/regions", regions, MOST_NAMES);
        faults.names("/providers", providers, MOST_NAMES);
        faults.range("/generation", generation, 1, MOST_GENERATION);
        faults.values("/capacityTypes", capacityTypes);
        faults.values("/strategies", strategies);
        budgetErrors(faults);
        spreadErrors(faults);
        lossErrors(faults);
        faults.duration("/restart", restart, Duration.ZERO, MOST_HORIZON);
        return faults.all();
    }

    private void totalsErrors(RequestFaults faults) {
        if (totals != null) {
            faults.range("/totals/vcpu", totals.vcpu(), 1, MOST_VCPU);
            faults.range("/totals/memoryMiB", totals.memoryMiB(), 1, MOST_MEMORY_MIB);
            faults.range("/totals/gpus", totals.gpus(), 1, MOST_VCPU);
        }
    }

    private void nodeErrors(RequestFaults faults) {
        if (perNode != null) {
            faults.range("/perNode/leastVcpu", perNode.leastVcpu(), 1, MOST_VCPU);
            faults.range("/perNode/leastMemoryMiB", perNode.leastMemoryMiB(), 1, MOST_MEMORY_MIB);
            faults.price("/perNode/mostPrice", perNode.mostPrice());
        }
    }

    private void gpuErrors(RequestFaults faults) {
        if (gpu == null) {
            return;
        }
        faults.names("/gpu/models", gpu.models(), MOST_NAMES);
        faults.range("/gpu/perNode", gpu.perNode(), 0, MOST_NODES);
        faults.price("/gpu/mostPrice", gpu.mostPrice());
        boolean wantsGpus = gpu.models() != null && !gpu.models().isEmpty()
                || gpu.mostPrice() != null
                || totals != null && totals.gpus() != null;
        faults.refuse(
                gpu.perNode() != null && gpu.perNode() == 0 && wantsGpus,
                "/gpu/perNode",
                "CONTRADICTION",
                "is 0, but GPUs are asked for elsewhere");
    }

    private void budgetErrors(RequestFaults faults) {
        if (budget == null) {
            return;
        }
        faults.money("/budget/least", budget.least());
        faults.money("/budget/most", budget.most());
        faults.refuse(
                budget.least() == null && budget.most() == null,
                "/budget",
                "REQUIRED",
                "limits nothing, expected least or most");
        faults.refuse(
                budget.least() != null
                        && budget.most() != null
                        && budget.least().amount().compareTo(budget.most().amount()) > 0,
                "/budget/least",
                "CONTRADICTION",
                "is more than most");
    }

    private void spreadErrors(RequestFaults faults) {
        if (spread == null) {
            return;
        }
        faults.range("/spread/mostPercentInPool", spread.mostPercentInPool(), 1, Wish.ALL);
        faults.range("/spread/mostPercentInRegion", spread.mostPercentInRegion(), 1, Wish.ALL);
        faults.range("/spread/mostNodesInPool", spread.mostNodesInPool(), 1, MOST_NODES);
        faults.range("/spread/leftPercentWithoutAnyRegion", spread.leftPercentWithoutAnyRegion(), 0, Wish.ALL);
        lessThanOneNode(faults, "/spread/mostPercentInPool", spread.mostPercentInPool());
        lessThanOneNode(faults, "/spread/mostPercentInRegion", spread.mostPercentInRegion());
        if (spread.leftPercentWithoutAnyRegion() != null) {
            faults.refuse(
                    nodes != null && spread.leftPercentWithoutAnyRegion() == Wish.ALL,
                    "/spread/leftPercentWithoutAnyRegion",
                    "CONTRADICTION",
                    "is 100 of exactly " + nodes + " nodes, of which some must stand in some region");
        }
    }

    private void lessThanOneNode(RequestFaults faults, String pointer, @Nullable Integer percent) {
        faults.refuse(
                nodes != null && percent != null && percent > 0 && (long) nodes * percent < Wish.ALL,
                pointer,
                "CONTRADICTION",
                "is " + percent + " % of " + nodes + " nodes, which is less than one");
    }

    private void lossErrors(RequestFaults faults) {
        if (loss == null) {
            return;
        }
        faults.duration("/loss/horizon", loss.horizon(), LEAST_HORIZON, MOST_HORIZON);
        faults.decimal("/loss/mostLostPercent", loss.mostLostPercent(), BigDecimal.ZERO, BigDecimal.valueOf(Wish.ALL));
        faults.range("/loss/moreThan", loss.moreThan(), 0, MOST_NODES);
        faults.decimal("/loss/probability", loss.probability(), BigDecimal.ZERO, BigDecimal.ONE);
        faults.refuse(
                (loss.moreThan() == null) != (loss.probability() == null),
                loss.moreThan() == null ? "/loss/moreThan" : "/loss/probability",
                "REQUIRED",
                "moreThan and probability belong together");
    }

    /** The wish that it makes; only when it has no errors. */
    Wish wish() {
        return new Wish(
                nodes,
                nodes != null ? nodes : Objects.requireNonNullElse(mostNodes, USUAL_MOST_NODES),
                wanted(),
                filters(),
                risk,
                budgetWish(),
                spreadWish(),
                lossWish(),
                Objects.requireNonNullElse(restart, USUAL_RESTART));
    }

    private Map<Resource, Long> wanted() {
        var wanted = new EnumMap<Resource, Long>(Resource.class);
        if (totals != null) {
            putKnown(wanted, Resource.VCPU, totals.vcpu());
            putKnown(wanted, Resource.MEMORY_MIB, totals.memoryMiB());
            putKnown(wanted, Resource.GPUS, totals.gpus());
        }
        return wanted;
    }

    private static void putKnown(Map<Resource, Long> wanted, Resource resource, @Nullable Long least) {
        if (least != null) {
            wanted.put(resource, least);
        }
    }

    private Wish.Filters filters() {
        return new Wish.Filters(
                set(providers),
                set(regions),
                classes == null ? List.of() : classes,
                generation,
                set(capacityTypes),
                gpu == null ? Set.of() : set(gpu.models()),
                gpu == null ? null : gpu.perNode(),
                perNode == null ? 0 : Objects.requireNonNullElse(perNode.leastVcpu(), 0),
                perNode == null ? 0 : Objects.requireNonNullElse(perNode.leastMemoryMiB(), 0L),
                perNode == null ? null : micros(perNode.mostPrice()),
                gpu == null ? null : micros(gpu.mostPrice()));
    }

    private static <T> Set<T> set(@Nullable List<T> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private static @Nullable Long micros(@Nullable HourlyPrice price) {
        return price == null ? null : Micros.of(price.amount());
    }

    private Wish.Budget budgetWish() {
        if (budget == null) {
            return Wish.Budget.NONE;
        }
        return new Wish.Budget(
                hourly(budget.least(), RoundingMode.CEILING),
                hourly(budget.most(), RoundingMode.FLOOR),
                Objects.requireNonNullElse(budget.basis(), Wish.Budget.Basis.EXPECTED));
    }

    /** Hourly costs being whole millionths, a month's limit is the same as this one. */
    private @Nullable Long hourly(@Nullable Money money, RoundingMode rounding) {
        if (budget == null || money == null) {
            return null;
        }
        int hours = budget.per() == BudgetLimits.Period.MONTH ? MONTH_HOURS : 1;
        return money.amount()
                .movePointRight(6)
                .divide(BigDecimal.valueOf(hours), 0, rounding)
                .longValueExact();
    }

    private Wish.Spread spreadWish() {
        return spread == null
                ? Wish.Spread.NONE
                : new Wish.Spread(
                        spread.mostPercentInPool(),
                        spread.mostPercentInRegion(),
                        spread.mostNodesInPool(),
                        spread.leftPercentWithoutAnyRegion());
    }

    private Wish.Loss lossWish() {
        return loss == null
                ? Wish.Loss.NONE
                : new Wish.Loss(
                        Objects.requireNonNullElse(loss.horizon(), Wish.Loss.NONE.horizon()),
                        loss.mostLostPercent(),
                        loss.moreThan(),
                        loss.probability());
    }

    /** What is to be answered. */
    Set<Strategy> asked() {
        return strategies == null || strategies.isEmpty() ? EnumSet.allOf(Strategy.class) : EnumSet.copyOf(strategies);
    }
}
