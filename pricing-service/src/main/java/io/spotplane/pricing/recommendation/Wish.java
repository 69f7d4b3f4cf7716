package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.CapacityType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants, checked and complete. Amounts are millionths of the service's currency.
 *
 * @param nodes machines, exactly; null when only totals are wanted
 * @param mostNodes machines at most when {@code nodes} is null; the same otherwise
 * @param totals what all machines together must have at least
 * @param filters which offerings come into question
 * @param risk acceptable loss in one word; null for any
 * @param budget limits on what an hour costs
 * @param spread limits on having much in one place
 * @param loss limits on what may be lost to reclaims
 * @param restart work that a reclaim destroys, on each machine
 */
public record Wish(
        @Nullable Integer nodes,
        int mostNodes,
        Map<Resource, Long> totals,
        Filters filters,
        @Nullable Risk risk,
        Budget budget,
        Spread spread,
        Loss loss,
        Duration restart) {

    static final int ALL = 100;

    public Wish {
        totals = Map.copyOf(totals);
    }

    /** Wants {@code nodes} machines of any kind, without limits. */
    public static Wish ofNodes(int nodes) {
        return new Wish(
                nodes, nodes, Map.of(), Filters.ANY, null, Budget.NONE, Spread.NONE, Loss.NONE, Duration.ofMinutes(12));
    }

    /** The same with another number of machines. */
    public Wish nodes(@Nullable Integer other, int most) {
        return new Wish(other, most, totals, filters, risk, budget, spread, loss, restart);
    }

    /** The same with another total of {@code resource}; none for 0. */
    public Wish total(Resource resource, long least) {
        var other = new EnumMap<Resource, Long>(Resource.class);
        other.putAll(totals);
        other.remove(resource);
        if (least > 0) {
            other.put(resource, least);
        }
        return new Wish(nodes, mostNodes, other, filters, risk, budget, spread, loss, restart);
    }

    /** The same with other filters. */
    public Wish filters(Filters other) {
        return new Wish(nodes, mostNodes, totals, other, risk, budget, spread, loss, restart);
    }

    /** The same with another risk. */
    public Wish risk(@Nullable Risk other) {
        return new Wish(nodes, mostNodes, totals, filters, other, budget, spread, loss, restart);
    }

    /** The same with another budget. */
    public Wish budget(Budget other) {
        return new Wish(nodes, mostNodes, totals, filters, risk, other, spread, loss, restart);
    }

    /** The same with another spread. */
    public Wish spread(Spread other) {
        return new Wish(nodes, mostNodes, totals, filters, risk, budget, other, loss, restart);
    }

    /** The same with other limits on loss. */
    public Wish loss(Loss other) {
        return new Wish(nodes, mostNodes, totals, filters, risk, budget, spread, other, restart);
    }

    /** Over how many pools the risk wants machines to be spread. */
    int pools() {
        return risk == null ? 1 : nodes == null ? risk.pools() : Math.min(risk.pools(), nodes);
    }

    /** Of a hundred machines, how many may be expected to be lost, by the stricter of risk and loss; 100 for any. */
    BigDecimal mostLostPercent() {
        var byRisk = BigDecimal.valueOf(risk == null ? ALL : risk.mostLostPercent());
        return loss.mostLostPercent() == null ? byRisk : byRisk.min(loss.mostLostPercent());
    }

    /**
     * Which offerings come into question. Empty sets mean any.
     *
     * @param providers provider names
     * @param regions the providers' region names
     * @param classes what the type's name begins with
     * @param generation of the type, where its name says so; null for any
     * @param capacityTypes spot, on demand
     * @param gpus models, families or aliases
     * @param gpusPerNode exactly; null for any
     * @param leastVcpu of each machine
     * @param leastMemoryMiB of each machine
     * @param mostPerNode most that a machine may be billed an hour; null for any
     * @param mostPerGpu most that a GPU may be billed an hour, which leaves machines without GPUs out; null for any
     */
    public record Filters(
            Set<String> providers,
            Set<String> regions,
            List<String> classes,
            @Nullable Integer generation,
            Set<CapacityType> capacityTypes,
            Set<String> gpus,
            @Nullable Integer gpusPerNode,
            int leastVcpu,
            long leastMemoryMiB,
            @Nullable Long mostPerNode,
            @Nullable Long mostPerGpu) {

        /** Everything. */
        public static final Filters ANY =
                new Filters(Set.of(), Set.of(), List.of(), null, Set.of(), Set.of(), null, 0, 0, null, null);

        public Filters {
            providers = Set.copyOf(providers);
            regions = Set.copyOf(regions);
            classes = List.copyOf(classes);
            capacityTypes = Set.copyOf(capacityTypes);
            gpus = Set.copyOf(gpus);
        }

        /** The same with other providers. */
        public Filters providers(Set<String> other) {
            return new Filters(
                    other,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with other regions. */
        public Filters regions(Set<String> other) {
            return new Filters(
                    providers,
                    other,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with other classes. */
        public Filters classes(List<String> other) {
            return new Filters(
                    providers,
                    regions,
                    other,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with another generation. */
        public Filters generation(@Nullable Integer other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    other,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with other capacity types. */
        public Filters capacityTypes(Set<CapacityType> other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    other,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with other GPUs. */
        public Filters gpus(Set<String> other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    other,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with another number of GPUs. */
        public Filters gpusPerNode(@Nullable Integer other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    other,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with another least size. */
        public Filters leastVcpu(int other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    other,
                    leastMemoryMiB,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with another least size. */
        public Filters leastMemoryMiB(long other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    other,
                    mostPerNode,
                    mostPerGpu);
        }

        /** The same with another price limit. */
        public Filters mostPerNode(@Nullable Long other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    other,
                    mostPerGpu);
        }

        /** The same with another price limit. */
        public Filters mostPerGpu(@Nullable Long other) {
            return new Filters(
                    providers,
                    regions,
                    classes,
                    generation,
                    capacityTypes,
                    gpus,
                    gpusPerNode,
                    leastVcpu,
                    leastMemoryMiB,
                    mostPerNode,
                    other);
        }
    }

    /**
     * Limits on what an hour costs.
     *
     * @param least at least so much; null for none
     * @param most at most so much; null for none
     * @param basis which cost is meant
     */
    public record Budget(@Nullable Long least, @Nullable Long most, Basis basis) {

        /** No limits. */
        public static final Budget NONE = new Budget(null, null, Basis.EXPECTED);

        /** The same with another limit. */
        public Budget least(@Nullable Long other) {
            return new Budget(other, most, basis);
        }

        /** The same with another limit. */
        public Budget most(@Nullable Long other) {
            return new Budget(least, other, basis);
        }

        /** The cost that a budget limits. */
        public enum Basis {
            /** What is billed at today's market prices. */
            EXPECTED,
            /** What would be billed if every market rose to the bid. */
            WORST_CASE
        }
    }

    /**
     * Limits on having much in one place, in per cent of what is wanted.
     *
     * @param mostPercentInPool null for any
     * @param mostPercentInRegion null for any
     * @param mostNodesInPool null for any
     * @param leftPercentWithoutAnyRegion what the other regions must still have when one is gone; null for nothing
     */
    public record Spread(
            @Nullable Integer mostPercentInPool,
            @Nullable Integer mostPercentInRegion,
            @Nullable Integer mostNodesInPool,
            @Nullable Integer leftPercentWithoutAnyRegion) {

        /** No limits. */
        public static final Spread NONE = new Spread(null, null, null, null);

        /** The same with another limit. */
        public Spread mostPercentInPool(@Nullable Integer other) {
            return new Spread(other, mostPercentInRegion, mostNodesInPool, leftPercentWithoutAnyRegion);
        }

        /** The same with another limit. */
        public Spread mostPercentInRegion(@Nullable Integer other) {
            return new Spread(mostPercentInPool, other, mostNodesInPool, leftPercentWithoutAnyRegion);
        }

        /** The same with another limit. */
        public Spread mostNodesInPool(@Nullable Integer other) {
            return new Spread(mostPercentInPool, mostPercentInRegion, other, leftPercentWithoutAnyRegion);
        }

        /** The same with another limit. */
        public Spread leftPercentWithoutAnyRegion(@Nullable Integer other) {
            return new Spread(mostPercentInPool, mostPercentInRegion, mostNodesInPool, other);
        }
    }

    /**
     * Limits on what may be lost to reclaims within a time.
     *
     * @param horizon that time, from now
     * @param mostLostPercent of the machines, in expectation; null for any
     * @param moreThan how many machines may be lost without worry; null for any
     * @param probability that more than that are lost, at most; null exactly when {@code moreThan} is
     */
    public record Loss(
            Duration horizon,
            @Nullable BigDecimal mostLostPercent,
            @Nullable Integer moreThan,
            @Nullable BigDecimal probability) {

        /** No limits; losses are told for a day. */
        public static final Loss NONE = new Loss(Duration.ofHours(24), null, null, null);

        /** The same with another limit on the expectation. */
        public Loss mostLostPercent(@Nullable BigDecimal other) {
            return new Loss(horizon, other, moreThan, probability);
        }

        /** The same with another limit on the probability of losing more than so many. */
        public Loss moreThan(@Nullable Integer nodes, @Nullable BigDecimal chance) {
            return new Loss(horizon, mostLostPercent, nodes, chance);
        }
    }
}
