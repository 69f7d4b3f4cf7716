package io.spotplane.pricing.recommendation;

import io.spotplane.pricing.recommendation.exact.IntegerProgram;
import io.spotplane.pricing.recommendation.exact.Row;
import io.spotplane.pricing.risk.Pool;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A wish as an integer program: one column for each option, one row for each limit. What each row says stands in
 * {@code docs/pricing/recommendations.md}.
 */
final class PlanModel {

    static final long MILLION = 1_000_000;
    private static final int ALL = 100;

    private final Wish wish;
    private final List<Option> options;
    private final Map<String, Double> together;
    private final Predicate<String> watched;
    private final int[] everything;
    private final List<Row> rows = new ArrayList<>();

    private PlanModel(Wish wish, List<Option> options, Map<String, Double> together, Predicate<String> watched) {
        this.watched = watched;
        this.wish = wish;
        this.options = options;
        this.together = together;
        this.everything = IntStream.range(0, options.size()).toArray();
    }

    /**
     * The program for {@code wish} over {@code options}, minimising the sum of {@code costs}. What must be left without a region, of totals, takes
     * a row over everything else: only for regions that are {@code watched} it is there.
     */
    static IntegerProgram of(
            Wish wish,
            List<Option> options,
            Map<String, Double> together,
            ToLongFunction<Option> costs,
            Predicate<String> watched) {
        var model = new PlanModel(wish, options, together, watched);
        model.amounts();
        model.budget();
        model.pools();
        model.regions();
        model.losses();
        return new IntegerProgram(
                options.stream().mapToLong(costs).toArray(),
                IntStream.of(model.everything).map(any -> wish.mostNodes()).toArray(),
                model.kinds(),
                model.rows,
                model.rule());
    }

    /** Machines that bring the same of what is wanted are of one kind; when only nodes are wanted, machines of one size are. */
    private int[] kinds() {
        var telling = wish.totals().isEmpty()
                ? List.of(Resource.values())
                : List.copyOf(wish.totals().keySet());
        var numbers = new HashMap<List<Long>, Integer>();
        return IntStream.of(everything)
                .map(at -> numbers.computeIfAbsent(
                        telling.stream()
                                .map(resource -> resource.of(options.get(at).offering()))
                                .toList(),
                        first -> numbers.size()))
                .toArray();
    }

    private void amounts() {
        row(
                "nodes",
                wish.nodes() == null ? Row.Sense.AT_MOST : Row.Sense.EXACTLY,
                wish.mostNodes(),
                everything,
                any -> 1);
        for (var resource : Resource.values()) {
            if (wish.totals().containsKey(resource)) {
                row(
                        "total " + resource,
                        Row.Sense.AT_LEAST,
                        wish.totals().get(resource),
                        everything,
                        at -> resource.of(options.get(at).offering()));
            }
        }
    }

    private void budget() {
        ToLongFunction<Option> basis = basis(wish.budget().basis());
        if (wish.budget().most() != null) {
            row(
                    "budget most",
                    Row.Sense.AT_MOST,
                    wish.budget().most(),
                    everything,
                    at -> basis.applyAsLong(options.get(at)));
        }
        if (wish.budget().least() != null) {
            row(
                    "budget least",
                    Row.Sense.AT_LEAST,
                    wish.budget().least(),
                    everything,
                    at -> basis.applyAsLong(options.get(at)));
        }
    }

    static ToLongFunction<Option> basis(Wish.Budget.Basis basis) {
        return basis == Wish.Budget.Basis.EXPECTED ? Option::billed : Option::reserved;
    }

    private void pools() {
        var byPool = group(Option::pool);
        var percent = wish.spread().mostPercentInPool();
        Integer fixed = wish.spread().mostNodesInPool();
        byPool.forEach((pool, columns) -> {
            if (fixed != null) {
                row("nodes in " + text(pool), Row.Sense.AT_MOST, fixed, columns, any -> 1);
            }
            if (percent != null) {
                shareOf(columns, percent, text(pool));
            }
            if (wish.pools() > 1) {
                evenShareOf(columns, wish.pools(), text(pool));
            }
        });
    }

    private void regions() {
        var spread = wish.spread();
        if (spread.mostPercentInRegion() == null && spread.leftPercentWithoutAnyRegion() == null) {
            return;
        }
        group(Option::region).forEach((region, columns) -> {
            if (spread.mostPercentInRegion() != null) {
                shareOf(columns, spread.mostPercentInRegion(), region);
            }
            if (spread.leftPercentWithoutAnyRegion() != null) {
                leftWithout(columns, spread.leftPercentWithoutAnyRegion(), region);
            }
        });
    }

    /** No more than {@code percent} of what is wanted stands in one place. */
    private void shareOf(int[] columns, int percent, String place) {
        if (wish.nodes() != null) {
            row(
                    "share of nodes in " + place,
                    Row.Sense.AT_MOST,
                    (long) wish.nodes() * percent / ALL,
                    columns,
                    any -> 1);
            return;
        }
        wish.totals()
                .forEach((resource, wanted) -> row(
                        "share of " + resource + " in " + place,
                        Row.Sense.AT_MOST,
                        wanted * percent / ALL,
                        columns,
                        at -> resource.of(options.get(at).offering())));
    }

    /** An even spread over {@code pools}, rounded up; one machine may always stand in a pool. */
    private void evenShareOf(int[] columns, int pools, String place) {
        if (wish.nodes() != null) {
            row(
                    "even share of nodes in " + place,
                    Row.Sense.AT_MOST,
                    Math.ceilDiv(wish.nodes(), pools),
                    columns,
                    any -> 1);
            return;
        }
        wish.totals().forEach((resource, wanted) -> {
            long largest = IntStream.of(columns)
                    .mapToLong(at -> resource.of(options.get(at).offering()))
                    .max()
                    .orElse(0);
            row(
                    "even share of " + resource + " in " + place,
                    Row.Sense.AT_MOST,
                    Math.max(Math.ceilDiv(wanted, pools), largest),
                    columns,
                    at -> resource.of(options.get(at).offering()));
        });
    }

    /** When the place is gone, {@code percent} of what is wanted is left elsewhere. */
    private void leftWithout(int[] columns, int percent, String place) {
        if (wish.nodes() != null) {
            long left = Math.ceilDiv((long) wish.nodes() * percent, ALL);
            row("nodes lost with " + place, Row.Sense.AT_MOST, wish.nodes() - left, columns, any -> 1);
            return;
        }
        if (!watched.test(place)) {
            return;
        }
        var inPlace = IntStream.of(columns).boxed().collect(Collectors.toSet());
        var elsewhere =
                IntStream.of(everything).filter(at -> !inPlace.contains(at)).toArray();
        wish.totals()
                .forEach((resource, wanted) -> row(
                        "left of " + resource + " without " + place,
                        Row.Sense.AT_LEAST,
                        Math.ceilDiv(wanted * percent, ALL),
                        elsewhere,
                        at -> resource.of(options.get(at).offering())));
    }

    private void losses() {
        var percent = wish.mostLostPercent();
        if (percent.compareTo(BigDecimal.valueOf(ALL)) < 0) {
            long share =
                    percent.movePointRight(4).setScale(0, RoundingMode.FLOOR).longValueExact();
            row("expected loss", Row.Sense.AT_MOST, 0, everything, at -> lostAtMost(options.get(at)) - share);
        }
        var moreThan = wish.loss().moreThan();
        var probability = wish.loss().probability();
        if (moreThan != null && probability != null) {
            necessary(moreThan, probability.doubleValue());
        }
    }

    private static long lostAtMost(Option option) {
        return (long) Math.ceil(option.lost() * MILLION - 1e-6);
    }

    private static long lostAtLeast(Option option) {
        return (long) Math.floor(option.lost() * MILLION);
    }

    /**
     * What every plan keeps that loses more than {@code nodes} with no more than {@code probability}. In expectation no more than that many and
     * that share of the rest are lost; and machines of one pool that are each likelier to be lost, being lost together, are no more.
     */
    private void necessary(int nodes, double probability) {
        long share = (long) Math.ceil(probability * MILLION);
        row(
                "loss in expectation",
                Row.Sense.AT_MOST,
                (long) Math.ceil(nodes * (1 - probability) * MILLION),
                everything,
                at -> lostAtLeast(options.get(at)) - share);
        group(Option::pool).forEach((pool, columns) -> {
            var likelier = IntStream.of(columns)
                    .filter(at -> options.get(at).lost() > probability + 1e-9)
                    .toArray();
            if (likelier.length > 0) {
                row("lost together in " + text(pool), Row.Sense.AT_MOST, nodes, likelier, any -> 1);
            }
        });
    }

    private IntegerProgram.Rule rule() {
        var moreThan = wish.loss().moreThan();
        var probability = wish.loss().probability();
        return moreThan == null || probability == null
                ? IntegerProgram.Rule.NONE
                : new LossRule(options, together, moreThan, probability.doubleValue());
    }

    private <K> Map<K, int[]> group(Function<Option, K> key) {
        var groups = new LinkedHashMap<K, List<Integer>>();
        for (int at : everything) {
            groups.computeIfAbsent(key.apply(options.get(at)), first -> new ArrayList<>())
                    .add(at);
        }
        var arrays = new LinkedHashMap<K, int[]>();
        groups.forEach((name, columns) ->
                arrays.put(name, columns.stream().mapToInt(Integer::intValue).toArray()));
        return arrays;
    }

    private static String text(Pool pool) {
        return String.join("/", pool.provider(), pool.region(), String.valueOf(pool.zone()), pool.instanceType());
    }

    /** Divided by what all its numbers are multiples of, which makes bounds between two of them tight. */
    private void row(String name, Row.Sense sense, long bound, int[] columns, IntToLongFunction coefficient) {
        var present = IntStream.of(columns)
                .filter(at -> coefficient.applyAsLong(at) != 0)
                .toArray();
        var coefficients = IntStream.of(present).mapToLong(coefficient).toArray();
        long grain = Math.max(1, gcd(coefficients));
        for (int at = 0; at < coefficients.length; at++) {
            coefficients[at] /= grain;
        }
        long tight = sense == Row.Sense.AT_MOST ? Math.floorDiv(bound, grain) : Math.ceilDiv(bound, grain);
        rows.add(new Row(name, sense, tight, present, coefficients));
    }

    private static long gcd(long[] values) {
        long gcd = 0;
        for (long value : values) {
            long other = Math.abs(value);
            while (other != 0) {
                long rest = gcd % other;
                gcd = other;
                other = rest;
            }
        }
        return gcd;
    }

    /** No more than a few machines lost, but for a stated probability. */
    private record LossRule(List<Option> options, Map<String, Double> together, int most, double probability)
            implements IntegerProgram.Rule {

        private static final double ROUNDING = 1e-12;

        @Override
        public boolean brokenBy(int[] x) {
            var holdings = new ArrayList<Losses.Holding>();
            for (int at = 0; at < x.length; at++) {
                if (x[at] > 0) {
                    holdings.add(new Losses.Holding(options.get(at), x[at]));
                }
            }
            return Losses.of(holdings, together).moreThan(most) > probability + ROUNDING;
        }

        /** In the same pool the one that is kept longer is lost only when the other would be. */
        @Override
        public boolean allowsInstead(int other, int column) {
            return options.get(other).pool().equals(options.get(column).pool())
                    && options.get(other).lost() <= options.get(column).lost();
        }
    }
}
