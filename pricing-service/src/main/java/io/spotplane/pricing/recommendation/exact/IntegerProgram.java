package io.spotplane.pricing.recommendation.exact;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Minimise {@code sum of costs[j] * x[j]} over whole numbers {@code 0 <= x[j] <= uppers[j]} that keep all rows and the rule.
 *
 * @param costs of one unit of each column
 * @param uppers most of each column
 * @param kinds a hint: columns of the same kind do the same in the rows that matter, so that how many there are of a kind says more than how
 *     many of each; any numbers will do
 * @param rows the linear conditions
 * @param rule the one condition that is not linear
 */
public record IntegerProgram(long[] costs, int[] uppers, int[] kinds, List<Row> rows, Rule rule) {

    public IntegerProgram {
        rows = List.copyOf(rows);
    }

    /** A program without a rule beside its rows, each of whose columns is one of its kind. */
    public IntegerProgram(long[] costs, int[] uppers, List<Row> rows) {
        this(costs, uppers, IntStream.range(0, costs.length).toArray(), rows, Rule.NONE);
    }

    /** The same with other rows. */
    IntegerProgram rows(List<Row> others) {
        return new IntegerProgram(costs, uppers, kinds, others, rule);
    }

    /** Number of columns. */
    public int columns() {
        return costs.length;
    }

    /** What {@code x} costs. */
    public long cost(int[] x) {
        long cost = 0;
        for (int column = 0; column < x.length; column++) {
            cost = Math.addExact(cost, Math.multiplyExact(costs[column], x[column]));
        }
        return cost;
    }

    /** Whether {@code x} keeps bounds, rows and rule. */
    public boolean admits(int[] x) {
        for (int column = 0; column < x.length; column++) {
            if (x[column] < 0 || x[column] > uppers[column]) {
                return false;
            }
        }
        return rows.stream().allMatch(row -> row.holds(x)) && !rule.brokenBy(x);
    }

    /** What every cost is a multiple of; at least 1. Therefore what every solution's cost is a multiple of. */
    public long grain() {
        long grain = 0;
        for (long cost : costs) {
            grain = gcd(grain, Math.abs(cost));
        }
        return Math.max(grain, 1);
    }

    static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    /** A condition that is not linear, but which adding units never mends. */
    public interface Rule {

        /** Never broken. */
        Rule NONE = new Rule() {
            @Override
            public boolean brokenBy(int[] x) {
                return false;
            }

            @Override
            public boolean allowsInstead(int other, int column) {
                return true;
            }
        };

        /** Whether {@code x} breaks it; then everything that has at least as much in each column does. */
        boolean brokenBy(int[] x);

        /** Whether a unit of {@code other} in the place of one of {@code column} never breaks it. */
        boolean allowsInstead(int other, int column);
    }
}
