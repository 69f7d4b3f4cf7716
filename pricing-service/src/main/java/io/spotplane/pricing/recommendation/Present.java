package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.recommendation.RecommendationResource.Assumptions;
import io.spotplane.pricing.recommendation.RecommendationResource.Candidates;
import io.spotplane.pricing.recommendation.RecommendationResource.Chance;
import io.spotplane.pricing.recommendation.RecommendationResource.Links;
import io.spotplane.pricing.recommendation.RecommendationResource.LossResource;
import io.spotplane.pricing.recommendation.RecommendationResource.OptimumResource;
import io.spotplane.pricing.recommendation.RecommendationResource.PlanResource;
import io.spotplane.pricing.recommendation.RecommendationResource.Purchase;
import io.spotplane.pricing.recommendation.RecommendationResource.ScenarioResource;
import io.spotplane.pricing.recommendation.RecommendationResource.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A decision as it is answered. */
final class Present {

    private static final int PLACES = 6;
    private static final int MOST_CHANCES = 8;

    private final Decision decision;
    private final Decide.Market market;
    private final String currency;

    Present(Decision decision, Decide.Market market, String currency) {
        this.decision = decision;
        this.market = market;
        this.currency = currency;
    }

    RecommendationResource resource(UUID id, Instant keptUntil, RecommendationRequest request, String survival) {
        var path = "/v1/recommendations/" + id;
        var asked = request.asked();
        return new RecommendationResource(
                id,
                market.at(),
                keptUntil,
                request,
                assumptions(survival),
                asked.contains(RecommendationRequest.Strategy.OPTIMUM) ? optimum() : null,
                decision.scenarios().stream()
                        .filter(scenario -> asked.contains(scenario.strategy()))
                        .map(this::scenario)
                        .toList(),
                warnings(),
                market.reports().stream().map(this::source).toList(),
                candidates(),
                new Links(path, path + "/candidates", path + "/certificate"));
    }

    private Assumptions assumptions(String survival) {
        var risk = Objects.requireNonNullElse(decision.wish().risk(), Risk.MED);
        return new Assumptions(
                RecommendationRequest.MONTH_HOURS,
                new BigDecimal("1.0"),
                new BigDecimal("1.0"),
                new BigDecimal("1.10"),
                risk.bidFactor(),
                decision.wish().restart(),
                survival);
    }

    private OptimumResource optimum() {
        var optimum = decision.optimum();
        var solution = optimum.solution();
        var plan = optimum.plan();
        int boxes = solution.certificate().proof().size();
        if (plan == null) {
            return new OptimumResource(solution.status(), null, null, null, boxes, decision.explanation());
        }
        return new OptimumResource(
                solution.status(),
                plan(plan),
                hourly(Math.max(0, solution.bound())),
                hourly(solution.cost() - Math.max(0, solution.bound())),
                boxes,
                null);
    }

    private ScenarioResource scenario(Scenario scenario) {
        var plan = scenario.plan();
        if (plan == null) {
            return new ScenarioResource(scenario.strategy(), "NO_CANDIDATES", BigDecimal.ZERO, List.of(), null);
        }
        return new ScenarioResource(
                scenario.strategy(),
                scenario.breaks().isEmpty() ? "OK" : "BREAKS_LIMITS",
                rounded(scenario.score()),
                scenario.breaks(),
                plan(plan));
    }

    private PlanResource plan(Plan plan) {
        return new PlanResource(
                plan.holdings().stream().map(this::purchase).toList(),
                plan.nodes(),
                plan.total(Resource.VCPU),
                plan.total(Resource.MEMORY_MIB),
                plan.total(Resource.GPUS),
                hourly(plan.billed()),
                hourly(plan.reserved()),
                hourly(plan.effective()),
                new Money(Micros.toAmount(plan.billed() * RecommendationRequest.MONTH_HOURS), currency),
                loss(plan));
    }

    private Purchase purchase(Losses.Holding holding) {
        var option = holding.option();
        var offering = option.offering();
        return new Purchase(
                offering.id(),
                offering.provider(),
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.capacityType(),
                holding.nodes(),
                offering.billedPrice(),
                option.bid() == null ? null : new HourlyPrice(option.bid(), currency),
                rounded(1 - option.lost()),
                offering.availabilityConfidence(),
                stale(offering.provider()));
    }

    private boolean stale(String provider) {
        return market.detached()
                || market.reports().stream()
                        .filter(report -> report.provider().equals(provider))
                        .anyMatch(report -> report.staleAt(market.at()));
    }

    /** Chances up to the number that was asked about, and as far as they are worth telling. */
    private LossResource loss(Plan plan) {
        var loss = decision.wish().loss();
        var distribution = plan.losses().distribution();
        int asked = Objects.requireNonNullElse(loss.moreThan(), 0);
        var chances = new ArrayList<Chance>();
        double more = 1;
        for (int nodes = 0; nodes < distribution.length; nodes++) {
            more -= distribution[nodes];
            if (nodes == asked || chances.size() < MOST_CHANCES && distribution[nodes] > 0) {
                chances.add(new Chance(nodes, rounded(Math.clamp(more, 0.0, 1.0))));
            }
        }
        return new LossResource(loss.horizon(), rounded(plan.expectedLost()), chances);
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (decision.optimum().choices().options().isEmpty()) {
            warnings.add("No pricing candidates matched the provided filters.");
        } else if (decision.scenarios().stream()
                .noneMatch(scenario -> scenario.breaks().isEmpty())) {
            warnings.add("None of the rules of thumb keeps all limits.");
        }
        usedSources().stream()
                .filter(this::stale)
                .map(provider -> "The prices of " + provider + " are older than they should be.")
                .forEach(warnings::add);
        warnings.addAll(onlyListed());
        return warnings;
    }

    /** Of a price list it is not even known whether anybody can buy there. */
    private List<String> onlyListed() {
        var plan = decision.optimum().plan();
        return plan == null
                ? List.of()
                : plan.holdings().stream()
                        .map(holding -> holding.option().offering())
                        .filter(offering -> offering.availabilityConfidence() == Confidence.LISTED)
                        .map(offering -> offering.id() + " stands on a price list; nobody said that there is one.")
                        .distinct()
                        .toList();
    }

    private Set<String> usedSources() {
        var plan = decision.optimum().plan();
        return plan == null
                ? Set.of()
                : plan.holdings().stream()
                        .map(holding -> holding.option().offering().provider())
                        .collect(Collectors.toSet());
    }

    private Source source(MarketReport report) {
        return new Source(
                report.provider(), report.asOf(), market.detached() || report.staleAt(market.at()), report.error());
    }

    private Candidates candidates() {
        var byReason = decision.candidates().stream()
                .collect(Collectors.groupingBy(
                        LeftOut::reason, () -> new EnumMap<>(Reason.class), Collectors.counting()));
        return new Candidates(decision.candidates().size(), byReason);
    }

    private HourlyPrice hourly(long micros) {
        return new HourlyPrice(Micros.toAmount(micros), currency);
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
    }
}
