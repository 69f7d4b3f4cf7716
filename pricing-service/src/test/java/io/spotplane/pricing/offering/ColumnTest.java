package io.spotplane.pricing.offering;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.pricing.offering.Column.Filter;
import java.util.BitSet;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against looking at every row. */
class ColumnTest {

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "63,2", "64,3", "65,17", "1000,1", "1000,64", "1000,65", "5000,4000"})
    void keepsTheRowsThatALookAtEachWouldKeep(int rows, int distinct) {
        // Given
        var random = new Random(rows * 31L + distinct);
        var values = random.longs(rows, 0, distinct).map(value -> value * 3).toArray();
        var column = Column.<Long>of(rows, row -> values[row]);
        for (int trial = 0; trial < 200; trial++) {
            var limit = random.nextLong(-2, distinct * 3L + 3);
            var bit = random.nextInt(3);
            // When / Then
            assertThat(kept(column.atLeast(limit), rows)).isEqualTo(looked(values, value -> value >= limit));
            assertThat(kept(column.atMost(limit), rows)).isEqualTo(looked(values, value -> value <= limit));
            assertThat(kept(column.among(value -> value >>> bit % 2 == limit || value == 0), rows))
                    .isEqualTo(looked(values, value -> value >>> bit % 2 == limit || value == 0));
        }
    }

    private static BitSet kept(Filter filter, int rows) {
        var kept = new BitSet();
        IntStream.range(0, Column.words(rows)).forEach(word -> {
            long wanted = rows - (word << 6) >= 64 ? -1L : (1L << rows) - 1;
            long left = filter.keep(word, wanted);
            IntStream.range(0, 64).filter(bit -> (left >>> bit & 1) != 0).forEach(bit -> kept.set((word << 6) + bit));
        });
        return kept;
    }

    private static BitSet looked(long[] values, LongPredicate wanted) {
        var looked = new BitSet();
        IntStream.range(0, values.length)
                .filter(row -> wanted.test(values[row]))
                .forEach(looked::set);
        return looked;
    }
}
