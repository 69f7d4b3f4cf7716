package io.spotplane.pricing.recommendation.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Looks for cuts that the present solution of the relaxation breaks: those of its tableau, and those of single rows. */
final class Separation {

    private static final int MOST_AT_ONCE = 10;
    private static final double LEAST_DEPTH = 1e-4;
    private static final double PARALLEL = 0.95;
    private static final long MOST_DIVISOR = 1_000_000;
    private static final double WHOLE = 1e-6;
    private static final int TIMES = 6;
    private static final double TIGHT = 0.1;

    private final IntegerProgram program;
    private final int own;
    private final Relaxation relaxation;
    private final double[] x;
    private final List<Found> found = new ArrayList<>();

    private Separation(IntegerProgram program, int own, Relaxation relaxation) {
        this.own = own;
        this.program = program;
        this.relaxation = relaxation;
        this.x = IntStream.range(0, program.columns())
                .mapToDouble(relaxation::value)
                .toArray();
    }

    /** A cut, the row that it is, and how far from it the present solution is. */
    record Found(Cut cut, Row row, double depth) {}

    /** The deepest cuts that point in different directions; none when there are none. */
    static List<Found> of(IntegerProgram program, int own, Relaxation relaxation) {
        var separation = new Separation(program, own, relaxation);
        separation.tableau();
        separation.singleRows();
        return separation.deepest();
    }

    private void tableau() {
        var fromAbove = IntStream.range(0, x.length)
                .filter(column -> program.uppers()[column] > 0 && x[column] > program.uppers()[column] - WHOLE)
                .toArray();
        for (int place : relaxation.brokenPlaces(WHOLE)) {
            var combination = relaxation.combination(place);
            long divisor = denominator(combination);
            if (divisor >= 2) {
                for (int times = 1; times <= TIMES; times++) {
                    for (int sign : new int[] {times, -times}) {
                        weigh(combination, sign * divisor, divisor, fromAbove);
                    }
                }
            }
        }
    }

    private void singleRows() {
        var fromAbove = IntStream.range(0, x.length)
                .filter(column -> 2 * x[column] > program.uppers()[column])
                .toArray();
        for (int at = 0; at < program.rows().size(); at++) {
            var row = program.rows().get(at);
            if (row.columns().length < 2 || Math.abs(distance(row)) > (at < own ? 1 : TIGHT)) {
                continue;
            }
            for (long divisor : divisors(row)) {
                for (int sign : new int[] {1, -1}) {
                    weigh(new Cut(new int[] {at}, new long[] {sign}, divisor, fromAbove));
                    weigh(new Cut(new int[] {at}, new long[] {sign}, divisor, new int[0]));
                }
            }
        }
    }

    /** How far a row is from its bound, in units of its largest coefficient. */
    private double distance(Row row) {
        double sum = -row.bound();
        double largest = 1;
        for (int entry = 0; entry < row.columns().length; entry++) {
            sum += row.coefficients()[entry] * x[row.columns()[entry]];
            largest = Math.max(largest, Math.abs(row.coefficients()[entry]));
        }
        return sum / largest;
    }

    private Iterable<Long> divisors(Row row) {
        var divisors = new TreeSet<Long>();
        for (int entry = 0; entry < row.columns().length; entry++) {
            if (x[row.columns()[entry]] > WHOLE) {
                long size = Math.abs(row.coefficients()[entry]);
                for (int halved = 0; halved < 4 && size >> halved >= 2; halved++) {
                    divisors.add(size >> halved);
                }
            }
        }
        return divisors;
    }

    private void weigh(double[] combination, long factor, long divisor, int[] fromAbove) {
        var rows = new int[combination.length];
        var multipliers = new long[combination.length];
        int count = 0;
        for (int row = 0; row < combination.length; row++) {
            long multiplier = Math.round(combination[row] * factor);
            if (multiplier != 0) {
                rows[count] = row;
                multipliers[count++] = multiplier;
            }
        }
        weigh(new Cut(Arrays.copyOf(rows, count), Arrays.copyOf(multipliers, count), divisor, fromAbove));
    }

    private void weigh(Cut cut) {
        double depth = cut.depth(program, x);
        if (depth > LEAST_DEPTH) {
            cut.row("cut", program).map(row -> new Found(cut, row, depth)).ifPresent(found::add);
        }
    }

    /** The least whole number that makes whole numbers of all of {@code values}; 0 when there is no small one. */
    private static long denominator(double[] values) {
        long common = 1;
        for (double value : values) {
            common *= denominator(value * common);
            if (common == 0 || common > MOST_DIVISOR) {
                return 0;
            }
        }
        return common;
    }

    /** By continued fractions. */
    private static long denominator(double value) {
        double rest = Math.abs(value);
        long before = 0;
        long last = 1;
        double tolerance = 1e-9 * Math.max(1, rest);
        for (int step = 0; step < 30; step++) {
            if (Math.abs(value * last - Math.rint(value * last)) < tolerance * last) {
                return last;
            }
            rest = 1 / (rest - Math.floor(rest));
            long next = (long) Math.floor(rest) * last + before;
            before = last;
            last = next;
            if (last > MOST_DIVISOR || last <= 0) {
                return 0;
            }
        }
        return 0;
    }

    private List<Found> deepest() {
        found.sort(Comparator.comparingDouble(one -> -one.depth));
        var chosen = new ArrayList<Found>();
        for (var one : found) {
            if (chosen.size() < MOST_AT_ONCE
                    && chosen.stream().allMatch(other -> cosine(one.row, other.row) < PARALLEL)) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    private static double cosine(Row one, Row other) {
        double product = 0;
        int at = 0;
        for (int entry = 0; entry < one.columns().length; entry++) {
            while (at < other.columns().length && other.columns()[at] < one.columns()[entry]) {
                at++;
            }
            if (at < other.columns().length && other.columns()[at] == one.columns()[entry]) {
                product += (double) one.coefficients()[entry] * other.coefficients()[at];
            }
        }
        return product / (norm(one) * norm(other));
    }

    private static double norm(Row row) {
        return Math.sqrt(Arrays.stream(row.coefficients())
                .mapToDouble(value -> (double) value * value)
                .sum());
    }
}
