package io.spotplane.pricing.recommendation.exact;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A row that all whole solutions keep, although the linear relaxation may not: rows added up by whole multipliers, then rounded ("mixed integer
 * rounding" of whole columns: Marchand and Wolsey, Aggregation and Mixed Integer Rounding to Solve MIPs, Operations Research 49, 2001).
 *
 * <p>With a whole slack of at least 0 in every row, and columns that are counted from their upper bounds down, the sum reads
 * {@code sum of a[j] * z[j] = b} over whole {@code z >= 0}. With {@code r = b mod divisor}, which is not 0, it follows that
 * {@code sum of (r * floor(a[j] / divisor) + min(a[j] mod divisor, r)) * z[j] >= r * (floor(b / divisor) + 1)}.
 *
 * @param rows those that are added up, ascending; earlier cuts may be among them
 * @param multipliers theirs
 * @param divisor at least 2
 * @param fromAbove columns that are counted from their upper bounds down, ascending
 */
public record Cut(int[] rows, long[] multipliers, long divisor, int[] fromAbove) {

    /** Numbers beyond this make bounds in integer arithmetic coarse. */
    private static final long LARGEST = 1L << 31;

    /** The same cut in a program where the row {@code at} has become {@code places[at]}. */
    Cut renumbered(int[] places) {
        return new Cut(Arrays.stream(rows).map(at -> places[at]).toArray(), multipliers, divisor, fromAbove);
    }

    /** The row that follows; empty when nothing does, or nothing with numbers small enough to work with. */
    Optional<Row> row(String name, IntegerProgram program) {
        try {
            return sum(program).flatMap(sum -> inLowestTerms(name, sum));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    /** How far {@code x} is on the wrong side of the row that follows; not above 0 when none does, or it is on the right side. */
    double depth(IntegerProgram program, double[] x) {
        try {
            return sum(program).map(sum -> sum.depth(x)).orElse(0.0);
        } catch (ArithmeticException tooLarge) {
            return 0;
        }
    }

    /** The sum of {@code weights[j] * x[j]} is at least {@code least}. */
    private record Sum(long[] weights, long least) {

        double depth(double[] x) {
            double missing = least;
            double squares = 0;
            for (int column = 0; column < weights.length; column++) {
                missing -= weights[column] * x[column];
                squares += (double) weights[column] * weights[column];
            }
            return squares == 0 ? 0 : missing / Math.sqrt(squares);
        }
    }

    private Optional<Sum> sum(IntegerProgram program) {
        var sum = new long[program.columns()];
        long bound = 0;
        for (int at = 0; at < rows.length; at++) {
            var row = program.rows().get(rows[at]);
            bound = Math.addExact(bound, Math.multiplyExact(multipliers[at], row.bound()));
            add(sum, row, multipliers[at]);
        }
        for (int column : fromAbove) {
            bound = Math.subtractExact(bound, Math.multiplyExact(sum[column], program.uppers()[column]));
        }
        long rest = Math.floorMod(bound, divisor);
        if (rest == 0) {
            return Optional.empty();
        }
        var cut = new long[sum.length];
        for (int column = 0; column < sum.length; column++) {
            cut[column] = rounded(sum[column], rest);
        }
        long least = Math.multiplyExact(rest, Math.floorDiv(bound, divisor) + 1);
        for (int column : fromAbove) {
            cut[column] = -rounded(-sum[column], rest);
            least = Math.addExact(least, Math.multiplyExact(cut[column], program.uppers()[column]));
        }
        for (int at = 0; at < rows.length; at++) {
            least = withoutSlack(program.rows().get(rows[at]), multipliers[at], rest, cut, least);
        }
        return Optional.of(new Sum(cut, least));
    }

    private long rounded(long value, long rest) {
        return Math.addExact(
                Math.multiplyExact(rest, Math.floorDiv(value, divisor)), Math.min(Math.floorMod(value, divisor), rest));
    }

    private static void add(long[] sum, Row row, long multiplier) {
        for (int entry = 0; entry < row.columns().length; entry++) {
            int column = row.columns()[entry];
            sum[column] = Math.addExact(sum[column], Math.multiplyExact(multiplier, row.coefficients()[entry]));
        }
    }

    /** Puts the row in the place of its slack, which is what an at-most row has left and what an at-least row has too much. */
    private long withoutSlack(Row row, long multiplier, long rest, long[] cut, long least) {
        if (row.sense() == Row.Sense.EXACTLY) {
            return least;
        }
        int sign = row.sense() == Row.Sense.AT_MOST ? 1 : -1;
        long weight = sign * rounded(sign * multiplier, rest);
        add(cut, row, -weight);
        return Math.subtractExact(least, Math.multiplyExact(weight, row.bound()));
    }

    private static Optional<Row> inLowestTerms(String name, Sum sum) {
        var columns = IntStream.range(0, sum.weights.length)
                .filter(column -> sum.weights[column] != 0)
                .toArray();
        long grain = 0;
        long largest = 0;
        for (int column : columns) {
            long size = Math.abs(sum.weights[column]);
            grain = IntegerProgram.gcd(grain, size);
            largest = Math.max(largest, size);
        }
        if (grain == 0 || largest / grain > LARGEST) {
            return Optional.empty();
        }
        var coefficients = new long[columns.length];
        for (int at = 0; at < columns.length; at++) {
            coefficients[at] = sum.weights[columns[at]] / grain;
        }
        return Optional.of(new Row(name, Row.Sense.AT_LEAST, Math.ceilDiv(sum.least, grain), columns, coefficients));
    }
}
