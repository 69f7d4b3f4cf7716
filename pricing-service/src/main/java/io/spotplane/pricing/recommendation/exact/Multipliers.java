package io.spotplane.pricing.recommendation.exact;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A price for each row, as whole numbers over {@code 2^scale}: at most 0 where the row says at most, at least 0 where it says at least. Whatever
 * they are, they prove a lower bound on the cost of everything in a box ({@link #floor}); good ones prove a good bound.
 *
 * @param scale binary places
 * @param rows the rows whose price is not 0
 * @param values their prices, in the same order
 */
public record Multipliers(int scale, int[] rows, long[] values) {

    private static final int BITS = 61;
    private static final int MOST_PLACES = 50;
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** {@code prices} of all rows with as many places as integer arithmetic on {@code program} allows, with their signs put right. */
    static Multipliers of(IntegerProgram program, double[] prices, boolean withCosts) {
        int scale = Math.clamp(BITS - Math.getExponent(largestTerm(program, prices, withCosts)) - 1, 0, MOST_PLACES);
        double factor = Math.scalb(1.0, scale);
        var rows = new int[prices.length];
        var values = new long[prices.length];
        int count = 0;
        for (int row = 0; row < prices.length; row++) {
            long value = signed(program.rows().get(row).sense(), Math.round(prices[row] * factor));
            if (value != 0) {
                rows[count] = row;
                values[count++] = value;
            }
        }
        return new Multipliers(scale, Arrays.copyOf(rows, count), Arrays.copyOf(values, count));
    }

    private static double largestTerm(IntegerProgram program, double[] prices, boolean withCosts) {
        var terms = new double[program.columns()];
        double largest = 1;
        for (int column = 0; withCosts && column < terms.length; column++) {
            terms[column] = Math.abs(program.costs()[column]);
            largest = Math.max(largest, terms[column]);
        }
        for (int at = 0; at < prices.length; at++) {
            if (prices[at] != 0) {
                var row = program.rows().get(at);
                largest = Math.max(largest, Math.abs(prices[at]));
                for (int entry = 0; entry < row.columns().length; entry++) {
                    int column = row.columns()[entry];
                    terms[column] += Math.abs(prices[at] * row.coefficients()[entry]);
                    largest = Math.max(largest, terms[column]);
                }
            }
        }
        return largest;
    }

    private static long signed(Row.Sense sense, long value) {
        return switch (sense) {
            case AT_MOST -> Math.min(value, 0);
            case AT_LEAST -> Math.max(value, 0);
            case EXACTLY -> value;
        };
    }

    /**
     * {@code 2^scale} times a number that nothing in the box [{@code lower}, {@code upper}] that keeps the rows can cost less than: the rows'
     * prices times their bounds, and for each column what it costs less what it is worth to the rows, at the better end of its range.
     *
     * @param withCosts false to leave the costs out: a result above 0 then proves that the box holds nothing
     */
    BigInteger floor(IntegerProgram program, int[] lower, int[] upper, boolean withCosts) {
        var reduced = reducedCosts(program, withCosts);
        var floor = BigInteger.ZERO;
        for (int at = 0; at < rows.length; at++) {
            floor = floor.add(product(values[at], program.rows().get(rows[at]).bound()));
        }
        for (int column = 0; column < reduced.length; column++) {
            int end = reduced[column] < 0 ? upper[column] : lower[column];
            if (end != 0 && reduced[column] != 0) {
                floor = floor.add(product(reduced[column], end));
            }
        }
        return floor;
    }

    private static BigInteger product(long one, long other) {
        return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
    }

    /** {@code 2^scale} times what one unit of each column costs less what it is worth to the rows. */
    long[] reducedCosts(IntegerProgram program, boolean withCosts) {
        var reduced = new long[program.columns()];
        for (int column = 0; withCosts && column < reduced.length; column++) {
            reduced[column] = Math.multiplyExact(program.costs()[column], 1L << scale);
        }
        for (int at = 0; at < rows.length; at++) {
            var row = program.rows().get(rows[at]);
            for (int entry = 0; entry < row.columns().length; entry++) {
                int column = row.columns()[entry];
                reduced[column] =
                        Math.subtractExact(reduced[column], Math.multiplyExact(values[at], row.coefficients()[entry]));
            }
        }
        return reduced;
    }

    /** {@link #floor} as the least whole multiple of {@code grain} that is not below it. */
    long bound(IntegerProgram program, int[] lower, int[] upper, long grain) {
        var unit = BigInteger.valueOf(grain).shiftLeft(scale);
        var parts = floor(program, lower, upper, true).divideAndRemainder(unit);
        var steps = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        return steps.multiply(BigInteger.valueOf(grain)).max(LEAST).min(MOST).longValue();
    }
}
