package io.spotplane.pricing.recommendation.exact;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

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
            return derived(name, program);
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    private Optional<Row> derived(String name, IntegerProgram program) {
        var sum = new long[program.columns()];
        long bound = 0;
        for (int at = 0; at < rows.length; at++) {
            var row = program.rows().get(rows[at]);
            bound = Math.addExact(bound, Math.multiplyExact(multipliers[at], row.bound()));
            add(sum, row, multipliers[at]);
        }
        var above = new BitSet();
        for (int column : fromAbove) {
            above.set(column);
            bound = Math.subtractExact(bound, Math.multiplyExact(sum[column], program.uppers()[column]));
        }
        long rest = Math.floorMod(bound, divisor);
        if (rest == 0) {
            return Optional.empty();
        }
        var cut = new long[sum.length];
        long least = Math.multiplyExact(rest, Math.floorDiv(bound, divisor) + 1);
        for (int column = 0; column < sum.length; column++) {
            if (above.get(column)) {
                long weight = rounded(-sum[column], rest);
                cut[column] = -weight;
                least = Math.subtractExact(least, Math.multiplyExact(weight, program.uppers()[column]));
            } else {
                cut[column] = rounded(sum[column], rest);
            }
        }
        for (int at = 0; at < rows.length; at++) {
            least = withoutSlack(program.rows().get(rows[at]), multipliers[at], rest, cut, least);
        }
        return row(name, cut, least);
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

    private static Optional<Row> row(String name, long[] cut, long least) {
        long grain = 0;
        long largest = 0;
        var columns = new int[cut.length];
        int count = 0;
        for (int column = 0; column < cut.length; column++) {
            if (cut[column] != 0) {
                columns[count++] = column;
                grain = IntegerProgram.gcd(grain, Math.abs(cut[column]));
                largest = Math.max(largest, Math.abs(cut[column]));
            }
        }
        if (count == 0 || largest / grain > LARGEST) {
            return Optional.empty();
        }
        var present = Arrays.copyOf(columns, count);
        var coefficients = new long[count];
        for (int at = 0; at < count; at++) {
            coefficients[at] = cut[present[at]] / grain;
        }
        return Optional.of(new Row(name, Row.Sense.AT_LEAST, Math.ceilDiv(least, grain), present, coefficients));
    }
}
