package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.recommendation.RecommendationRequest.Strategy;
import io.spotplane.pricing.recommendation.exact.Reduction;
import io.spotplane.pricing.recommendation.exact.Solution;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From a wish and a moment of the market to a decision: plain computation, some milliseconds to a stated limit of it. */
public final class Decide {

    private static final List<Reason> FATES = List.of(Reason.NOT_NEEDED, Reason.OUTDONE, Reason.TOO_LARGE_FOR_SPREAD);

    private final Survivals survivals;
    private final String currency;

    /** With what is known of chances to be kept; all prices are in {@code currency}. */
    public Decide(Survivals survivals, String currency) {
        this.survivals = survivals;
        this.currency = currency;
    }

    /**
     * The answer to a request without errors.
     *
     * @param id that the answer gets
     * @param request what is wanted
     * @param market what is for sale now, and where from
     * @param keptUntil how long the answer will be kept
     * @param enough says when the time for thinking is over
     */
    public Answer answer(
            UUID id, RecommendationRequest request, Market market, Instant keptUntil, BooleanSupplier enough) {
        var decision = decide(request.wish(), market.forSale(), enough);
        return new Answer(
                new Present(decision, market, currency).resource(id, keptUntil, request, survivals.basis()),
                decision.candidates(),
                CertificateResource.of(decision.optimum(), decision.wish()));
    }

    /**
     * A moment of the market.
     *
     * @param at when
     * @param forSale all offerings
     * @param reports how the markets do that were asked
     * @param detached whether this replica is cut off from the shared shelves
     */
    public record Market(Instant at, Collection<Offering> forSale, List<MarketReport> reports, boolean detached) {}

    /**
     * What is answered and kept.
     *
     * @param resource the recommendation
     * @param candidates what became of every offering, by id
     * @param certificate what proves the optimum
     */
    public record Answer(RecommendationResource resource, List<LeftOut> candidates, CertificateResource certificate) {}

    /** {@code enough} says when the time for it is over. */
    Decision decide(Wish wish, Collection<Offering> forSale, BooleanSupplier enough) {
        var search = new PlanSearch(forSale, survivals, enough);
        var optimum = search.cheapest(wish);
        var explanation = optimum.status() == Solution.Status.INFEASIBLE
                ? new ExplainInfeasible(search, currency).explain(wish)
                : null;
        var rules = new RulesOfThumb(wish, optimum.choices(), survivals);
        var scenarios = Stream.of(Strategy.MAX_PERFORMANCE, Strategy.MAX_VALUE, Strategy.BALANCED)
                .map(rules::scenario)
                .toList();
        return new Decision(wish, optimum, explanation, scenarios, candidates(optimum));
    }

    private static List<LeftOut> candidates(Optimum optimum) {
        var candidates = new ArrayList<>(optimum.choices().leftOut());
        var plan = optimum.plan();
        candidates.addAll(plan == null ? unplanned(optimum) : judged(optimum, plan));
        candidates.sort(Comparator.comparing(LeftOut::offeringId));
        return candidates;
    }

    private static List<LeftOut> unplanned(Optimum optimum) {
        return optimum.choices().options().stream()
                .map(option -> option.offering().id())
                .distinct()
                .map(id -> new LeftOut(id, Reason.NO_PLAN))
                .toList();
    }

    /** An offering has the best fate of its options: in the plan before possible before outdone. */
    private static Collection<LeftOut> judged(Optimum optimum, Plan plan) {
        Map<String, LeftOut> byOffering = new HashMap<>();
        fates(optimum)
                .forEach(fate -> byOffering.merge(
                        fate.offeringId(),
                        fate,
                        (one, other) -> FATES.indexOf(one.reason()) <= FATES.indexOf(other.reason()) ? one : other));
        chosen(plan).forEach(fate -> byOffering.put(fate.offeringId(), fate));
        return byOffering.values();
    }

    private static Stream<LeftOut> chosen(Plan plan) {
        var nodes = new HashMap<String, Integer>();
        plan.holdings()
                .forEach(holding -> nodes.merge(holding.option().offering().id(), holding.nodes(), Integer::sum));
        return nodes.entrySet().stream()
                .map(entry -> new LeftOut(entry.getKey(), Reason.CHOSEN, BigDecimal.valueOf(entry.getValue())));
    }

    private static Stream<LeftOut> fates(Optimum optimum) {
        var options = optimum.choices().options();
        var certificate = optimum.solution().certificate();
        var dearer = optimum.solution().dearerWith();
        var kept = IntStream.range(0, certificate.kept().length).mapToObj(at -> {
            var id = options.get(certificate.kept()[at]).offering().id();
            return certificate.program().uppers()[at] == 0
                    ? new LeftOut(id, Reason.TOO_LARGE_FOR_SPREAD)
                    : new LeftOut(id, Reason.NOT_NEEDED, Micros.toAmount(dearer[at]));
        });
        var outdone = certificate.rounds().stream().flatMap(List::stream).map(left -> outdone(left, options));
        return Stream.concat(kept, outdone);
    }

    private static LeftOut outdone(Reduction.Dominated left, List<Option> options) {
        var option = options.get(left.column());
        var first = options.get(left.by()[0]);
        return new LeftOut(
                option.offering().id(),
                Reason.OUTDONE,
                Micros.toAmount(option.effective() - first.effective()),
                IntStream.of(left.by())
                        .mapToObj(other -> options.get(other).offering().id())
                        .distinct()
                        .toList());
    }
}
