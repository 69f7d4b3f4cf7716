package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a wish that can stand in the way of a plan, and how it gives way. Where a limit is a number, the least change is found by halving what
 * lies between the number and no limit at all, each try being solved; a budget's is the optimum of another program.
 *
 * @param name stable, for clients
 * @param pointer where it stands in the request
 * @param asked what was asked, as text; empty when it was not
 * @param without the wish without it; unchanged where a wish without it makes no sense
 * @param restore from a wish and another one: the other one with this limit as it is in the first
 * @param loosen the wish with the least change of it that leaves a plan; empty when there is none, or not within the time
 */
record Limit(
        String name,
        String pointer,
        Function<Wish, Optional<String>> asked,
        UnaryOperator<Wish> without,
        BinaryOperator<Wish> restore,
        BiFunction<Wish, PlanSearch, Optional<Given>> loosen) {

    /** A limit that gave: the wish as it is then, and what stands there now; null when the limit is gone. */
    record Given(Wish wish, @Nullable String needed) {}

    private static final int TRIED_ONE_BY_ONE = 64;

    /** All of them; those that are cheaper to give, as people see it, first. */
    static final List<Limit> ALL = List.of(
            new Limit(
                    "BUDGET_MOST",
                    "/budget/most",
                    wish -> amount(wish.budget().most()),
                    wish -> wish.budget(wish.budget().most(null)),
                    (from, to) -> to.budget(to.budget().most(from.budget().most())),
                    Limit::largerBudget),
            new Limit(
                    "BUDGET_LEAST",
                    "/budget/least",
                    wish -> amount(wish.budget().least()),
                    wish -> wish.budget(wish.budget().least(null)),
                    (from, to) -> to.budget(to.budget().least(from.budget().least())),
                    Limit::smallerLeastBudget),
            price(
                    "MOST_PER_NODE",
                    "/perNode/mostPrice",
                    wish -> wish.filters().mostPerNode(),
                    (wish, most) -> wish.filters(wish.filters().mostPerNode(most)),
                    offering -> Micros.of(Choices.firstBid(offering))),
            price(
                    "MOST_PER_GPU",
                    "/gpu/mostPrice",
                    wish -> wish.filters().mostPerGpu(),
                    (wish, most) -> wish.filters(wish.filters().mostPerGpu(most)),
                    Limit::perGpu),
            number(
                    "POOL_SHARE",
                    "/spread/mostPercentInPool",
                    wish -> wish.spread().mostPercentInPool(),
                    (wish, percent) -> wish.spread(wish.spread().mostPercentInPool(percent)),
                    wish -> Wish.ALL),
            number(
                    "POOL_NODES",
                    "/spread/mostNodesInPool",
                    wish -> wish.spread().mostNodesInPool(),
                    (wish, nodes) -> wish.spread(wish.spread().mostNodesInPool(nodes)),
                    Wish::mostNodes),
            number(
                    "REGION_SHARE",
                    "/spread/mostPercentInRegion",
                    wish -> wish.spread().mostPercentInRegion(),
                    (wish, percent) -> wish.spread(wish.spread().mostPercentInRegion(percent)),
                    wish -> Wish.ALL),
            number(
                    "REGION_LOSS",
                    "/spread/leftPercentWithoutAnyRegion",
                    wish -> wish.spread().leftPercentWithoutAnyRegion(),
                    (wish, percent) -> wish.spread(wish.spread().leftPercentWithoutAnyRegion(percent)),
                    wish -> 0),
            new Limit(
                    "RISK",
                    "/risk",
                    Limit::risk,
                    wish -> wish.risk(Risk.HIGH),
                    (from, to) -> to.risk(from.risk()),
                    Limit::higherRisk),
            new Limit(
                    "EXPECTED_LOSS",
                    "/loss/mostLostPercent",
                    wish -> text(wish.loss().mostLostPercent()),
                    wish -> wish.loss(wish.loss().mostLostPercent(null)),
                    (from, to) -> to.loss(to.loss().mostLostPercent(from.loss().mostLostPercent())),
                    Limit::moreExpectedLoss),
            new Limit(
                    "LOSS_PROBABILITY",
                    "/loss/probability",
                    wish -> text(wish.loss().probability()),
                    wish -> wish.loss(wish.loss().moreThan(null, null)),
                    (from, to) -> to.loss(to.loss()
                            .moreThan(from.loss().moreThan(), from.loss().probability())),
                    Limit::likelierLoss),
            filter(
                    "PROVIDERS",
                    "/providers",
                    filters -> filters.providers(),
                    (from, to) -> to.providers(from.providers())),
            filter("REGIONS", "/regions", filters -> filters.regions(), (from, to) -> to.regions(from.regions())),
            filter("CLASSES", "/classes", filters -> filters.classes(), (from, to) -> to.classes(from.classes())),
            filter(
                    "GENERATION",
                    "/generation",
                    filters -> filters.generation(),
                    (from, to) -> to.generation(from.generation())),
            filter(
                    "CAPACITY_TYPES",
                    "/capacityTypes",
                    filters -> filters.capacityTypes(),
                    (from, to) -> to.capacityTypes(from.capacityTypes())),
            filter("GPU_MODELS", "/gpu/models", filters -> filters.gpus(), (from, to) -> to.gpus(from.gpus())),
            filter(
                    "GPUS_PER_NODE",
                    "/gpu/perNode",
                    filters -> filters.gpusPerNode(),
                    (from, to) -> to.gpusPerNode(from.gpusPerNode())),
            size(
                    "LEAST_VCPU",
                    "/perNode/leastVcpu",
                    filters -> filters.leastVcpu(),
                    (filters, least) -> filters.leastVcpu((int) least)),
            size(
                    "LEAST_MEMORY",
                    "/perNode/leastMemoryMiB",
                    filters -> filters.leastMemoryMiB(),
                    (filters, least) -> filters.leastMemoryMiB(least)),
            new Limit(
                    "MOST_NODES",
                    "/mostNodes",
                    wish -> wish.nodes() == null ? text(wish.mostNodes()) : Optional.empty(),
                    wish -> wish.nodes() == null ? wish.nodes(null, RecommendationRequest.MOST_NODES) : wish,
                    (from, to) -> to.nodes() == null ? to.nodes(null, from.mostNodes()) : to,
                    (wish, search) -> halved(
                            wish.mostNodes(),
                            RecommendationRequest.MOST_NODES,
                            search,
                            most -> wish.nodes(null, (int) most))),
            new Limit(
                    "NODES",
                    "/nodes",
                    wish -> text(wish.nodes()),
                    UnaryOperator.identity(),
                    (from, to) -> to,
                    Limit::fewerNodes),
            total("TOTAL_VCPU", "/totals/vcpu", Resource.VCPU),
            total("TOTAL_MEMORY", "/totals/memoryMiB", Resource.MEMORY_MIB),
            total("TOTAL_GPUS", "/totals/gpus", Resource.GPUS));

    private static Limit number(
            String name,
            String pointer,
            Function<Wish, @Nullable Integer> get,
            BiFunction<Wish, @Nullable Integer, Wish> set,
            ToLongFunction<Wish> loosest) {
        return new Limit(
                name,
                pointer,
                wish -> text(get.apply(wish)),
                wish -> set.apply(wish, null),
                (from, to) -> set.apply(to, get.apply(from)),
                (wish, search) -> halved(
                        Objects.requireNonNull(get.apply(wish)),
                        loosest.applyAsLong(wish),
                        search,
                        value -> set.apply(wish, (int) value)));
    }

    /** {@code restore} puts into the second filters what stands in the first. */
    private static Limit filter(
            String name,
            String pointer,
            Function<Wish.Filters, @Nullable Object> get,
            BinaryOperator<Wish.Filters> restore) {
        UnaryOperator<Wish> without = wish -> wish.filters(restore.apply(Wish.Filters.ANY, wish.filters()));
        return new Limit(
                name,
                pointer,
                wish -> named(get.apply(wish.filters())),
                without,
                (from, to) -> to.filters(restore.apply(from.filters(), to.filters())),
                (wish, search) -> Optional.of(new Given(without.apply(wish), null)));
    }

    @FunctionalInterface
    private interface SizeSetter {
        Wish.Filters apply(Wish.Filters filters, long least);
    }

    private static Limit size(String name, String pointer, ToLongFunction<Wish.Filters> get, SizeSetter set) {
        return new Limit(
                name,
                pointer,
                wish -> Optional.of(get.applyAsLong(wish.filters()))
                        .filter(least -> least > 0)
                        .map(String::valueOf),
                wish -> wish.filters(set.apply(wish.filters(), 0L)),
                (from, to) -> to.filters(set.apply(to.filters(), get.applyAsLong(from.filters()))),
                (wish, search) -> halved(
                        get.applyAsLong(wish.filters()),
                        0,
                        search,
                        least -> wish.filters(set.apply(wish.filters(), least))));
    }

    private static Limit price(
            String name,
            String pointer,
            Function<Wish, @Nullable Long> get,
            BiFunction<Wish, @Nullable Long, Wish> set,
            ToLongFunction<Offering> needed) {
        return new Limit(
                name,
                pointer,
                wish -> amount(get.apply(wish)),
                wish -> set.apply(wish, null),
                (from, to) -> set.apply(to, get.apply(from)),
                (wish, search) ->
                        dearer(Objects.requireNonNull(get.apply(wish)), search, needed, most -> set.apply(wish, most)));
    }

    private static Limit total(String name, String pointer, Resource resource) {
        return new Limit(
                name,
                pointer,
                wish -> text(wish.totals().get(resource)),
                UnaryOperator.identity(),
                (from, to) -> to,
                (wish, search) -> halved(
                        Objects.requireNonNull(wish.totals().get(resource)),
                        0,
                        search,
                        value -> wish.total(resource, value)));
    }

    private static Optional<Given> largerBudget(Wish wish, PlanSearch search) {
        var basis = wish.budget().basis();
        return Optional.ofNullable(search.least(wish.budget(wish.budget().most(null)), PlanModel.basis(basis))
                        .plan())
                .map(plan -> plan.cost(basis))
                .map(most -> new Given(wish.budget(wish.budget().most(most)), amountText(most)));
    }

    private static Optional<Given> smallerLeastBudget(Wish wish, PlanSearch search) {
        var basis = wish.budget().basis();
        var amount = PlanModel.basis(basis);
        return Optional.ofNullable(
                        search.least(wish.budget(wish.budget().least(null)), option -> -amount.applyAsLong(option))
                                .plan())
                .map(plan -> plan.cost(basis))
                .map(least -> new Given(wish.budget(wish.budget().least(least)), amountText(least)));
    }

    private static Optional<String> risk(Wish wish) {
        return Optional.ofNullable(wish.risk())
                .filter(risk -> risk != Risk.HIGH)
                .map(Risk::name);
    }

    private static Optional<Given> higherRisk(Wish wish, PlanSearch search) {
        return Stream.of(Risk.MED, Risk.HIGH)
                .filter(risk -> risk.compareTo(Objects.requireNonNull(wish.risk())) > 0)
                .map(risk -> new Given(wish.risk(risk), risk.name()))
                .filter(given -> search.finds(given.wish()))
                .findFirst();
    }

    private static Optional<Given> moreExpectedLoss(Wish wish, PlanSearch search) {
        long percent = Objects.requireNonNull(wish.loss().mostLostPercent()).longValue();
        return halved(
                percent, Wish.ALL, search, more -> wish.loss(wish.loss().mostLostPercent(BigDecimal.valueOf(more))));
    }

    private static Optional<Given> likelierLoss(Wish wish, PlanSearch search) {
        long percent = Objects.requireNonNull(wish.loss().probability())
                .movePointRight(2)
                .longValue();
        return halved(
                        percent,
                        Wish.ALL,
                        search,
                        more -> wish.loss(wish.loss().moreThan(wish.loss().moreThan(), BigDecimal.valueOf(more, 2))))
                .map(given -> new Given(
                        given.wish(), text(given.wish().loss().probability()).orElseThrow()));
    }

    /** Fewer machines may be harder to spread, so that few are tried one by one. */
    private static Optional<Given> fewerNodes(Wish wish, PlanSearch search) {
        int nodes = Objects.requireNonNull(wish.nodes());
        if (nodes > TRIED_ONE_BY_ONE) {
            return halved(nodes, 1, search, fewer -> wish.nodes((int) fewer, (int) fewer));
        }
        return LongStream.range(1, nodes)
                .map(less -> nodes - less)
                .takeWhile(fewer -> !search.outOfTime())
                .mapToObj(fewer -> new Given(wish.nodes((int) fewer, (int) fewer), String.valueOf(fewer)))
                .filter(given -> search.finds(given.wish()))
                .findFirst();
    }

    private static long perGpu(Offering offering) {
        int gpus = Resource.gpus(offering);
        return gpus == 0 ? 0 : Math.ceilDiv(Micros.of(offering.billedPrice().amount()), gpus);
    }

    /** The least of the prices above {@code present} that are asked for anywhere and leave a plan. */
    private static Optional<Given> dearer(
            long present, PlanSearch search, ToLongFunction<Offering> needed, LongFunction<Wish> at) {
        var prices = new TreeSet<Long>();
        search.forSale().forEach(offering -> prices.add(needed.applyAsLong(offering)));
        var above = prices.tailSet(present, false).stream()
                .mapToLong(Long::longValue)
                .toArray();
        if (above.length == 0) {
            return Optional.empty();
        }
        return halved(-1, above.length - 1L, search, place -> at.apply(above[(int) place]))
                .map(given -> new Given(
                        given.wish(), amountText(above[Integer.parseInt(Objects.requireNonNull(given.needed()))])));
    }

    /**
     * The value nearest to {@code present}, which leaves no plan, that leaves one; empty when even {@code loosest} leaves none. What leaves a plan
     * at one value must leave one at every looser value.
     */
    private static Optional<Given> halved(long present, long loosest, PlanSearch search, LongFunction<Wish> at) {
        if (present == loosest || !search.finds(at.apply(loosest))) {
            return Optional.empty();
        }
        long without = present;
        long with = loosest;
        while (Math.abs(with - without) > 1 && !search.outOfTime()) {
            long middle = without + (with - without) / 2;
            if (search.finds(at.apply(middle))) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return Optional.of(new Given(at.apply(with), String.valueOf(with)));
    }

    private static Optional<String> named(@Nullable Object value) {
        return value instanceof Collection<?> values
                ? Optional.of(values)
                        .filter(some -> !some.isEmpty())
                        .map(some -> String.join(
                                ", ",
                                some.stream().map(String::valueOf).sorted().toList()))
                : text(value);
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value)
                .map(known -> known instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(known));
    }

    private static Optional<String> amount(@Nullable Long micros) {
        return Optional.ofNullable(micros).map(Limit::amountText);
    }

    private static String amountText(long micros) {
        return Micros.toAmount(micros).toPlainString();
    }
}
