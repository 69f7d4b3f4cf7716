package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The program without wholeness, by the dual simplex method for bounded columns. Every column having an upper bound, the basis of slacks is dual
 * feasible from the start, and stays so when a box narrows or a row joins: each solution begins where the last one ended.
 *
 * <p>Works in floating point. Its answers are hints: {@link Multipliers} turn its prices into bounds that hold, whatever rounding did here.
 * Rows that touch few columns join when they are first broken. Not for sharing between threads.
 */
final class Relaxation {

    private static final double PRIMAL = 1e-7;
    private static final double DUAL = 1e-9;
    private static final double PIVOT = 1e-8;
    private static final int MOST_STEPS = 2_000;
    private static final int RENEW_EVERY = 40;
    private static final int PROBE_STEPS = 12;
    private static final int JOIN_AT_ONCE = 12;
    private static final int FEW_ROWS = 24;

    private IntegerProgram program;
    private final int n;
    private final double costScale;
    private final double[] costs;
    private final BitSet joined = new BitSet();
    private final List<Entry> entries = new ArrayList<>();
    private int[][] columnRows;
    private double[][] columnValues;

    private int[] basis = new int[0];
    private boolean[] atUpper;
    private boolean[] basic;
    private double[][] inverse = new double[0][];

    private double[] lower;
    private double[] upper;
    private double[] prices = new double[0];
    private double[] reduced = new double[0];
    private double[] values = new double[0];

    Relaxation(IntegerProgram program) {
        this.program = program;
        this.n = program.columns();
        this.costScale = Math.max(
                1, Arrays.stream(program.costs()).mapToDouble(Math::abs).max().orElse(1));
        this.costs = Arrays.stream(program.costs())
                .mapToDouble(cost -> cost / costScale)
                .toArray();
        this.columnRows = new int[n][0];
        this.columnValues = new double[n][0];
        this.atUpper = new boolean[n];
        this.basic = new boolean[n];
        this.lower = new double[n];
        this.upper = new double[n];
        var few = program.rows().size() <= FEW_ROWS;
        for (int row = 0; row < program.rows().size(); row++) {
            if (few || 2 * program.rows().get(row).columns().length >= n) {
                join(row);
            }
        }
        renew();
    }

    /** What came of a solution. */
    enum Outcome {
        SOLVED,
        EMPTY,
        GIVEN_UP
    }

    /** Where a solution ended, to begin another one there. */
    record Basis(int[] basis, BitSet atUpper) {}

    private record Entry(int row, double factor, double bound, boolean equality) {}

    Basis basis() {
        var above = new BitSet(atUpper.length);
        for (int variable = 0; variable < atUpper.length; variable++) {
            above.set(variable, atUpper[variable]);
        }
        return new Basis(basis.clone(), above);
    }

    void restore(Basis from) {
        basis = Arrays.copyOf(from.basis(), entries.size());
        for (int at = from.basis().length; at < basis.length; at++) {
            basis[at] = n + at;
        }
        for (int variable = 0; variable < atUpper.length; variable++) {
            atUpper[variable] = from.atUpper().get(variable);
        }
        renew();
    }

    /** Solves for the box; rows that the solution breaks join until none does. */
    Outcome solve(int[] from, int[] to) {
        for (int column = 0; column < n; column++) {
            lower[column] = from[column];
            upper[column] = to[column];
        }
        while (true) {
            var outcome = run(MOST_STEPS);
            if (outcome != Outcome.SOLVED || !joinBroken()) {
                return outcome;
            }
        }
    }

    /** The value of a column in the last solution. */
    double value(int column) {
        return values[column];
    }

    /** Goes on with {@code wider}, which has more rows behind the same ones. */
    void widen(IntegerProgram wider) {
        program = wider;
    }

    /** The columns that are not whole in the last solution. */
    int[] broken(double whole) {
        return IntStream.of(brokenPlaces(whole))
                .map(place -> basis[place])
                .filter(variable -> variable < n)
                .toArray();
    }

    /** The places in the basis of columns, and of slacks of rows, that are not whole in the last solution. */
    int[] brokenPlaces(double whole) {
        return IntStream.range(0, basis.length)
                .filter(place -> {
                    int variable = basis[place];
                    double value = variable < n
                            ? values[variable]
                            : values[variable] / entries.get(variable - n).factor();
                    return Math.abs(value - Math.rint(value)) > whole;
                })
                .toArray();
    }

    /** Whether the last solution has nothing left of a row, which therefore may have decided it. */
    boolean touches(int row) {
        return IntStream.range(0, entries.size()).anyMatch(at -> entries.get(at).row() == row && !basic[n + at]);
    }

    /** How much of each row of the program adds up to the row of the tableau at this place of the basis. */
    double[] combination(int place) {
        var all = new double[program.rows().size()];
        for (int at = 0; at < entries.size(); at++) {
            var entry = entries.get(at);
            all[entry.row()] = inverse[place][at] * entry.factor();
        }
        return all;
    }

    /** The price of every row of the program: of the optimum, or those that show the box to be empty. */
    double[] rowPrices(Outcome outcome) {
        var all = new double[program.rows().size()];
        double scale = outcome == Outcome.EMPTY ? 1 : costScale;
        for (int at = 0; at < entries.size(); at++) {
            var entry = entries.get(at);
            all[entry.row()] = prices[at] * entry.factor() * scale;
        }
        return all;
    }

    private void join(int row) {
        var source = program.rows().get(row);
        double largest = 1;
        for (long coefficient : source.coefficients()) {
            largest = Math.max(largest, Math.abs((double) coefficient));
        }
        double factor = (source.sense() == Row.Sense.AT_LEAST ? -1 : 1) / largest;
        int at = entries.size();
        entries.add(new Entry(row, factor, source.bound() * factor, source.sense() == Row.Sense.EXACTLY));
        joined.set(row);
        for (int entry = 0; entry < source.columns().length; entry++) {
            append(source.columns()[entry], at, source.coefficients()[entry] * factor);
        }
        basis = Arrays.copyOf(basis, at + 1);
        basis[at] = n + at;
        atUpper = Arrays.copyOf(atUpper, n + at + 1);
    }

    private void append(int column, int at, double value) {
        var rows = Arrays.copyOf(columnRows[column], columnRows[column].length + 1);
        var coefficients = Arrays.copyOf(columnValues[column], rows.length);
        rows[rows.length - 1] = at;
        coefficients[rows.length - 1] = value;
        columnRows[column] = rows;
        columnValues[column] = coefficients;
    }

    private boolean joinBroken() {
        var broken = new ArrayList<double[]>();
        for (int row = joined.nextClearBit(0); row < program.rows().size(); row = joined.nextClearBit(row + 1)) {
            double excess = excess(program.rows().get(row));
            if (excess > PRIMAL) {
                broken.add(new double[] {excess, row});
            }
        }
        broken.sort((one, other) -> Double.compare(other[0], one[0]));
        broken.stream().limit(JOIN_AT_ONCE).forEach(row -> join((int) row[1]));
        if (!broken.isEmpty()) {
            renew();
        }
        return !broken.isEmpty();
    }

    private double excess(Row row) {
        double sum = 0;
        double largest = 1;
        for (int entry = 0; entry < row.columns().length; entry++) {
            double coefficient = row.coefficients()[entry];
            sum += coefficient * values[row.columns()[entry]];
            largest = Math.max(largest, Math.abs(coefficient));
        }
        double over = (sum - row.bound()) / largest;
        return switch (row.sense()) {
            case AT_MOST -> over;
            case AT_LEAST -> -over;
            case EXACTLY -> Math.abs(over);
        };
    }

    /**
     * What the relaxation would cost, at least, with {@code column} between {@code from} and {@code to}, as far as a few steps show; infinite when
     * nothing is left. The present solution stays as it is.
     */
    double probe(int column, int from, int to) {
        var basisBefore = basis.clone();
        var atUpperBefore = atUpper.clone();
        var basicBefore = basic.clone();
        var inverseBefore = new double[inverse.length][];
        for (int at = 0; at < inverse.length; at++) {
            inverseBefore[at] = inverse[at].clone();
        }
        var valuesBefore = values;
        var pricesBefore = prices;
        var reducedBefore = reduced;
        double lowerBefore = lower[column];
        double upperBefore = upper[column];
        lower[column] = from;
        upper[column] = to;
        var outcome = run(PROBE_STEPS);
        double cost = outcome == Outcome.EMPTY ? Double.POSITIVE_INFINITY : cost();
        lower[column] = lowerBefore;
        upper[column] = upperBefore;
        basis = basisBefore;
        atUpper = atUpperBefore;
        basic = basicBefore;
        inverse = inverseBefore;
        values = valuesBefore;
        prices = pricesBefore;
        reduced = reducedBefore;
        return cost;
    }

    /** What the last solution costs. */
    double cost() {
        double cost = 0;
        for (int column = 0; column < n; column++) {
            cost += costs[column] * values[column];
        }
        return cost * costScale;
    }

    private Outcome run(int most) {
        for (int step = 0; step < most; step++) {
            if (step > 0 && step % RENEW_EVERY == 0) {
                renew();
            }
            priceOut();
            placeAtBetterEnd();
            evaluate();
            int leaving = mostBroken();
            if (leaving < 0) {
                return Outcome.SOLVED;
            }
            boolean below = values[basis[leaving]] < lowerOf(basis[leaving]);
            int entering = entering(leaving, below);
            if (entering < 0) {
                showEmpty(leaving, below);
                return Outcome.EMPTY;
            }
            pivot(leaving, entering, below);
        }
        priceOut();
        return Outcome.GIVEN_UP;
    }

    private double lowerOf(int variable) {
        return variable < n ? lower[variable] : 0;
    }

    private double upperOf(int variable) {
        return variable < n ? upper[variable] : entries.get(variable - n).equality() ? 0 : Double.POSITIVE_INFINITY;
    }

    private double costOf(int variable) {
        return variable < n ? costs[variable] : 0;
    }

    /** Row prices and reduced costs for the present basis. */
    private void priceOut() {
        int m = entries.size();
        prices = new double[m];
        for (int at = 0; at < m; at++) {
            double cost = costOf(basis[at]);
            if (cost != 0) {
                for (int row = 0; row < m; row++) {
                    prices[row] += cost * inverse[at][row];
                }
            }
        }
        reduced = new double[n + m];
        for (int column = 0; column < n; column++) {
            double sum = costs[column];
            var rows = columnRows[column];
            var coefficients = columnValues[column];
            for (int entry = 0; entry < rows.length; entry++) {
                sum -= prices[rows[entry]] * coefficients[entry];
            }
            reduced[column] = sum;
        }
        for (int row = 0; row < m; row++) {
            reduced[n + row] = -prices[row];
        }
    }

    /** Keeps the basis dual feasible: what would gain by growing stands at its upper bound, what would lose at its lower. */
    private void placeAtBetterEnd() {
        for (int variable = 0; variable < reduced.length; variable++) {
            if (reduced[variable] > DUAL) {
                atUpper[variable] = false;
            } else if (reduced[variable] < -DUAL) {
                atUpper[variable] = upperOf(variable) < Double.POSITIVE_INFINITY;
            }
        }
    }

    private void evaluate() {
        int m = entries.size();
        values = new double[n + m];
        var rest = new double[m];
        for (int row = 0; row < m; row++) {
            rest[row] = entries.get(row).bound();
        }
        for (int variable = 0; variable < n + m; variable++) {
            if (!basic[variable]) {
                double value = atUpper[variable] ? upperOf(variable) : lowerOf(variable);
                values[variable] = value;
                if (value != 0) {
                    subtract(variable, value, rest);
                }
            }
        }
        for (int at = 0; at < m; at++) {
            double value = 0;
            for (int row = 0; row < m; row++) {
                value += inverse[at][row] * rest[row];
            }
            values[basis[at]] = value;
        }
    }

    private void subtract(int variable, double value, double[] rest) {
        if (variable >= n) {
            rest[variable - n] -= value;
            return;
        }
        var rows = columnRows[variable];
        for (int entry = 0; entry < rows.length; entry++) {
            rest[rows[entry]] -= columnValues[variable][entry] * value;
        }
    }

    private int mostBroken() {
        int worst = -1;
        double most = PRIMAL;
        for (int at = 0; at < basis.length; at++) {
            double value = values[basis[at]];
            double broken = Math.max(lowerOf(basis[at]) - value, value - upperOf(basis[at]));
            if (broken > most) {
                most = broken;
                worst = at;
            }
        }
        return worst;
    }

    /**
     * The variable that takes the place of a basic one that must come back into its bounds: the first, by reduced cost for each unit of
     * mending, after which flipping variables to their other bound would no longer mend enough. Below 0 when all of them together do not.
     */
    private int entering(int leaving, boolean below) {
        var row = inverse[leaving];
        int variable = basis[leaving];
        double missing = below ? lowerOf(variable) - values[variable] : values[variable] - upperOf(variable);
        var candidates = new ArrayList<double[]>();
        for (int other = 0; other < n + row.length; other++) {
            if (basic[other] || upperOf(other) <= lowerOf(other)) {
                continue;
            }
            double weight = below ? -weight(row, other) : weight(row, other);
            boolean mends = atUpper[other] ? weight < -PIVOT : weight > PIVOT;
            if (mends) {
                candidates.add(new double[] {Math.abs(reduced[other] / weight), Math.abs(weight), other});
            }
        }
        candidates.sort((one, other) ->
                one[0] != other[0] ? Double.compare(one[0], other[0]) : Double.compare(other[1], one[1]));
        for (var candidate : candidates) {
            int other = (int) candidate[2];
            missing -= candidate[1] * (upperOf(other) - lowerOf(other));
            if (missing <= PRIMAL / 2) {
                return other;
            }
        }
        return -1;
    }

    private double weight(double[] row, int variable) {
        if (variable >= n) {
            return row[variable - n];
        }
        double sum = 0;
        var rows = columnRows[variable];
        for (int entry = 0; entry < rows.length; entry++) {
            sum += row[rows[entry]] * columnValues[variable][entry];
        }
        return sum;
    }

    /** The leaving variable's row, as prices, shows that it cannot come into its bounds within the box. */
    private void showEmpty(int leaving, boolean below) {
        prices = inverse[leaving].clone();
        if (!below) {
            return;
        }
        for (int row = 0; row < prices.length; row++) {
            prices[row] = -prices[row];
        }
    }

    private void pivot(int leaving, int entering, boolean below) {
        int m = entries.size();
        var column = new double[m];
        for (int at = 0; at < m; at++) {
            column[at] = weight(inverse[at], entering);
        }
        double pivot = column[leaving];
        var row = inverse[leaving];
        for (int at = 0; at < m; at++) {
            row[at] /= pivot;
        }
        for (int at = 0; at < m; at++) {
            if (at != leaving && column[at] != 0) {
                double factor = column[at];
                for (int other = 0; other < m; other++) {
                    inverse[at][other] -= factor * row[other];
                }
            }
        }
        int left = basis[leaving];
        basic[left] = false;
        atUpper[left] = !below;
        basic[entering] = true;
        basis[leaving] = entering;
    }

    /** The inverse of the basis from scratch; of the basis of slacks when that one has become singular. */
    private void renew() {
        if (!invert()) {
            for (int at = 0; at < basis.length; at++) {
                basis[at] = n + at;
            }
            invert();
        }
        basic = new boolean[n + entries.size()];
        for (int variable : basis) {
            basic[variable] = true;
        }
    }

    private boolean invert() {
        int m = entries.size();
        var work = new double[m][2 * m];
        for (int at = 0; at < m; at++) {
            int variable = basis[at];
            if (variable >= n) {
                work[variable - n][at] = 1;
            } else {
                for (int entry = 0; entry < columnRows[variable].length; entry++) {
                    work[columnRows[variable][entry]][at] = columnValues[variable][entry];
                }
            }
            work[at][m + at] = 1;
        }
        for (int at = 0; at < m; at++) {
            int best = at;
            for (int row = at + 1; row < m; row++) {
                if (Math.abs(work[row][at]) > Math.abs(work[best][at])) {
                    best = row;
                }
            }
            if (Math.abs(work[best][at]) < 1e-11) {
                return false;
            }
            var swap = work[at];
            work[at] = work[best];
            work[best] = swap;
            eliminate(work, at);
        }
        inverse = new double[m][];
        for (int at = 0; at < m; at++) {
            inverse[at] = Arrays.copyOfRange(work[at], m, 2 * m);
        }
        return true;
    }

    private static void eliminate(double[][] work, int at) {
        var row = work[at];
        double pivot = row[at];
        for (int column = at; column < row.length; column++) {
            row[column] /= pivot;
        }
        for (int other = 0; other < work.length; other++) {
            double factor = work[other][at];
            if (other != at && factor != 0) {
                for (int column = at; column < row.length; column++) {
                    work[other][column] -= factor * row[column];
                }
            }
        }
    }
}
