package io.spotplane.pricing.offering;

import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * One property of all rows of an order, as a bit-sliced index: the distinct values are numbered in their own order, and bit {@code i} of every
 * row's number is kept in a bitmap of its own. 64 rows are compared with a value in as many steps as the number has bits, whatever the value: about
 * 7 for regions, 17 for a hundred thousand different prices. A column of a hundred thousand rows takes 12.5 KB a bit, however many values it has.
 *
 * <p>Bitmaps lie word by word, all bits of 64 rows together, since they are read together.
 */
final class Column<T extends Comparable<T>> {

    private final T[] values;
    private final int bits;
    private final long[] slices;

    private Column(T[] values, int[] numbers) {
        this.values = values;
        this.bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, values.length - 1));
        this.slices = slices(numbers, bits);
    }

    /** The column of {@code rows} rows with these values. */
    @SuppressWarnings("unchecked") // an array of T that nobody else sees
    static <T extends Comparable<T>> Column<T> of(int rows, IntFunction<T> valueOf) {
        var firstSeen = new HashMap<T, Integer>();
        var numbers = new int[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = firstSeen.computeIfAbsent(valueOf.apply(row), value -> firstSeen.size());
        }
        var values = (T[]) firstSeen.keySet().toArray(Comparable<?>[]::new);
        Arrays.sort(values);
        var places = new int[values.length];
        for (int place = 0; place < values.length; place++) {
            places[firstSeen.getOrDefault(values[place], 0)] = place;
        }
        Arrays.setAll(numbers, row -> places[numbers[row]]);
        return new Column<>(values, numbers);
    }

    private static long[] slices(int[] numbers, int bits) {
        var slices = new long[words(numbers.length) * bits];
        for (int row = 0; row < numbers.length; row++) {
            int first = (row >>> 6) * bits;
            for (int left = numbers[row]; left != 0; left &= left - 1) {
                slices[first + Integer.numberOfTrailingZeros(left)] |= 1L << row;
            }
        }
        return slices;
    }

    static int words(int rows) {
        return (rows + 63) >>> 6;
    }

    /** Lets rows through whose value is wanted. */
    Filter among(Predicate<? super T> wanted) {
        var numbers = new int[values.length];
        int count = 0;
        for (int number = 0; number < values.length; number++) {
            if (wanted.test(values[number])) {
                numbers[count++] = number;
            }
        }
        return count == values.length ? Filter.ALL : among(Arrays.copyOf(numbers, count));
    }

    private Filter among(int[] numbers) {
        return (word, rows) -> {
            long found = 0;
            for (int at = 0; at < numbers.length && found != rows; at++) {
                found |= equal(word, rows, numbers[at]);
            }
            return found;
        };
    }

    private long equal(int word, long rows, int number) {
        int first = word * bits;
        long equal = rows;
        for (int bit = 0; bit < bits && equal != 0; bit++) {
            long slice = slices[first + bit];
            equal &= (number >>> bit & 1) == 0 ? ~slice : slice;
        }
        return equal;
    }

    /** Lets rows through whose value is {@code least} or more. */
    Filter atLeast(T least) {
        int found = Arrays.binarySearch(values, least);
        int number = found < 0 ? -found - 1 : found;
        return number == 0
                ? Filter.ALL
                : number == values.length ? Filter.NONE : (word, rows) -> rows & ~below(word, rows, number);
    }

    /** Lets rows through whose value is {@code most} or less. */
    Filter atMost(T most) {
        int found = Arrays.binarySearch(values, most);
        int number = found < 0 ? -found - 1 : found + 1;
        return number == 0
                ? Filter.NONE
                : number == values.length ? Filter.ALL : (word, rows) -> below(word, rows, number);
    }

    /** Those of {@code rows} whose number is less than {@code number}: decided at the highest bit in which they differ. */
    private long below(int word, long rows, int number) {
        int first = word * bits;
        long below = 0;
        long equal = rows;
        for (int bit = bits - 1; bit >= 0 && equal != 0; bit--) {
            long slice = slices[first + bit];
            if ((number >>> bit & 1) == 0) {
                equal &= ~slice;
            } else {
                below |= equal & ~slice;
                equal &= slice;
            }
        }
        return below;
    }

    /** Which rows of an order to keep, 64 at a time. */
    @FunctionalInterface
    interface Filter {

        /** Keeps all. */
        Filter ALL = (word, rows) -> rows;

        /** Keeps none. */
        Filter NONE = (word, rows) -> 0;

        /**
         * Those of {@code rows} that stay.
         *
         * @param word which 64 rows
         * @param rows those that are still wanted, a bit for each
         */
        long keep(int word, long rows);
    }
}
