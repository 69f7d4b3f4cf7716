package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.recommendation.RecommendationRequest.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The three strategies of {@code rsspot pricing build}, by its own score: capacity is vCPUs plus GB, a tenth more in generation 2; value is
 * capacity for a dollar; balanced is the mean of both, each scaled to 0 … 1 over what comes into question. Performance and value take one pool,
 * balanced as many as the risk says. Bids are the price times the risk's factor, as there, but raised to the next bid that the market
 * accepts and that is above its price.
 */
final class RulesOfThumb {

    private static final double GENERATION_2 = 1.10;
    private static final double MIB_PER_GB = 1024;
    private static final double HALF = 0.5;
    private static final double SAME = 1e-12;

    private final Wish wish;
    private final Choices choices;
    private final Survivals survivals;
    private final Risk risk;
    private final List<Candidate> candidates;
    private final Span capacities;
    private final Span values;

    RulesOfThumb(Wish wish, Choices choices, Survivals survivals) {
        this.wish = wish;
        this.choices = choices;
        this.survivals = survivals;
        this.risk = Objects.requireNonNullElse(wish.risk(), Risk.MED);
        this.candidates = choices.offerings().stream()
                .filter(offering -> offering.vcpu() > 0 && offering.memoryMiB() > 0)
                .map(Candidate::of)
                .toList();
        this.capacities = Span.of(candidates, Candidate::capacity);
        this.values = Span.of(candidates, Candidate::value);
    }

    /** What {@code strategy} buys. */
    Scenario scenario(Strategy strategy) {
        if (candidates.isEmpty()) {
            return new Scenario(strategy, null, 0, List.of());
        }
        int pools = strategy == Strategy.BALANCED ? Math.min(risk.pools(), candidates.size()) : 1;
        if (wish.nodes() != null) {
            pools = Math.min(pools, wish.nodes());
        }
        var ranked = candidates.stream().sorted(order(strategy)).limit(pools).toList();
        var plan = new Plan(holdings(ranked), choices.together());
        return new Scenario(strategy, plan, score(strategy, plan), broken(plan));
    }

    private Comparator<Candidate> order(Strategy strategy) {
        ToDoubleFunction<Candidate> merit = switch (strategy) {
            case MAX_PERFORMANCE -> Candidate::capacity;
            case MAX_VALUE -> Candidate::value;
            case BALANCED, OPTIMUM ->
                candidate -> HALF * capacities.norm(candidate.capacity()) + HALF * values.norm(candidate.value());
        };
        return Comparator.<Candidate>comparingDouble(candidate -> -merit.applyAsDouble(candidate))
                .thenComparing(Candidate::billed)
                .thenComparing(candidate -> candidate.offering().instanceType())
                .thenComparing(candidate -> candidate.offering().id());
    }

    private List<Losses.Holding> holdings(List<Candidate> ranked) {
        var holdings = new ArrayList<Losses.Holding>();
        for (int at = 0; at < ranked.size(); at++) {
            var offering = ranked.get(at).offering();
            int nodes = nodes(offering, at, ranked.size());
            holdings.add(new Losses.Holding(Choices.option(offering, bid(offering), wish, survivals), nodes));
        }
        return holdings;
    }

    /** Machines by the remainder-first spread of the old builder; for totals, as many as an even part of each takes. */
    private int nodes(Offering offering, int at, int pools) {
        if (wish.nodes() != null) {
            return wish.nodes() / pools + (at < wish.nodes() % pools ? 1 : 0);
        }
        long most = 1;
        for (var total : wish.totals().entrySet()) {
            long each = total.getKey().of(offering);
            long wanted = Math.ceilDiv(total.getValue(), pools);
            most = Math.max(most, each == 0 ? wish.mostNodes() : Math.ceilDiv(wanted, each));
        }
        return (int) Math.min(most, wish.mostNodes());
    }

    private @Nullable BigDecimal bid(Offering offering) {
        BidRules rules = offering.bidRules();
        if (rules == null || offering.capacityType() == CapacityType.ON_DEMAND) {
            return null;
        }
        var billed = offering.billedPrice().amount();
        return rules.atLeast(billed.multiply(risk.bidFactor())).max(Rungs.firstAbove(rules, billed));
    }

    private double score(Strategy strategy, Plan plan) {
        double capacity = plan.holdings().stream()
                .mapToDouble(
                        holding -> Candidate.of(holding.option().offering()).capacity() * holding.nodes())
                .sum();
        double value = capacity / Micros.toAmount(plan.billed()).doubleValue();
        return switch (strategy) {
            case MAX_PERFORMANCE -> capacity;
            case MAX_VALUE -> value;
            case BALANCED, OPTIMUM -> HALF * capacities.norm(capacity / plan.nodes()) + HALF * values.norm(value);
        };
    }

    /** The limits of the wish that {@code plan} does not keep, by the names of their rows. */
    private List<String> broken(Plan plan) {
        var options = plan.holdings().stream().map(Losses.Holding::option).toList();
        var nodes = plan.holdings().stream().mapToInt(Losses.Holding::nodes).toArray();
        var program = PlanModel.of(wish, options, choices.together(), Option::effective, everyRegion -> true);
        var broken = new ArrayList<String>();
        program.rows().stream().filter(row -> !row.holds(nodes)).forEach(row -> broken.add(row.name()));
        if (program.rule().brokenBy(nodes)) {
            broken.add("loss probability");
        }
        return broken;
    }

    /** An offering with its score. */
    private record Candidate(Offering offering, double capacity, BigDecimal billed, double value) {

        static Candidate of(Offering offering) {
            double size = offering.vcpu() + offering.memoryMiB() / MIB_PER_GB;
            boolean second = Admission.generation(offering).orElse(0) == 2;
            double capacity = second ? size * GENERATION_2 : size;
            var billed = offering.billedPrice().amount();
            return new Candidate(offering, capacity, billed, capacity / billed.doubleValue());
        }
    }

    /** The range of a score over all candidates. */
    private record Span(double least, double most) {

        static Span of(List<Candidate> candidates, ToDoubleFunction<Candidate> score) {
            var range = candidates.stream().mapToDouble(score).summaryStatistics();
            return new Span(range.getMin(), range.getMax());
        }

        double norm(double score) {
            return most - least < SAME ? 1 : (score - least) / (most - least);
        }
    }
}
