package io.spotplane.pricing.recommendation.exact;

/**
 * One linear condition: the sum of {@code coefficients[i] * x[columns[i]]} stands to {@code bound} as {@code sense} says.
 *
 * @param name what it is about, unique within a program
 * @param sense the relation
 * @param bound the right-hand side
 * @param columns the columns that take part, ascending
 * @param coefficients theirs, in the same order; none is 0
 */
public record Row(String name, Sense sense, long bound, int[] columns, long[] coefficients) {

    /** How a row's sum stands to its bound. */
    public enum Sense {
        AT_MOST,
        AT_LEAST,
        EXACTLY;

        boolean holds(long sum, long bound) {
            return switch (this) {
                case AT_MOST -> sum <= bound;
                case AT_LEAST -> sum >= bound;
                case EXACTLY -> sum == bound;
            };
        }

        /** Whether {@code candidate} in the place of {@code present} can never break a row of this sense. */
        boolean noWorse(long candidate, long present) {
            return switch (this) {
                case AT_MOST -> candidate <= present;
                case AT_LEAST -> candidate >= present;
                case EXACTLY -> candidate == present;
            };
        }
    }

    /** The same under another name. */
    Row named(String other) {
        return new Row(other, sense, bound, columns, coefficients);
    }

    /** The sum for {@code x}. */
    public long sum(int[] x) {
        long sum = 0;
        for (int at = 0; at < columns.length; at++) {
            sum = Math.addExact(sum, Math.multiplyExact(coefficients[at], x[columns[at]]));
        }
        return sum;
    }

    /** Whether {@code x} keeps this row. */
    public boolean holds(int[] x) {
        return sense.holds(sum(x), bound);
    }

    /** The most that the coefficients' columns can sum up to, when this row says so: all coefficients being at least 1. */
    long limit() {
        if (sense == Sense.AT_LEAST) {
            return Long.MAX_VALUE;
        }
        for (long coefficient : coefficients) {
            if (coefficient < 1) {
                return Long.MAX_VALUE;
            }
        }
        return bound;
    }
}
