package io.spotplane.providers.catalogue;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** How many accelerators a row says. */
sealed interface ListedCount {

    Pattern NUMBER = Pattern.compile("\\d{1,6}(?:\\.\\d{0,20})?");
    BigDecimal MOST = BigDecimal.valueOf(100_000);

    /** None, or it does not say. */
    record None() implements ListedCount {}

    /** So many whole ones. */
    record Whole(int count) implements ListedCount {}

    /** A share of one, or no number. */
    record Flawed(RowFlaw flaw) implements ListedCount {}

    /** Reads the column; {@code 1.0} is one. */
    static ListedCount of(String field) {
        if (field.isEmpty()) {
            return new None();
        }
        return NUMBER.matcher(field).matches() ? of(new BigDecimal(field)) : new Flawed(RowFlaw.BAD_SIZE);
    }

    private static ListedCount of(BigDecimal count) {
        if (count.signum() == 0) {
            return new None();
        }
        if (count.stripTrailingZeros().scale() > 0) {
            return new Flawed(RowFlaw.PARTIAL_GPU);
        }
        return count.compareTo(MOST) > 0 ? new Flawed(RowFlaw.BAD_SIZE) : new Whole(count.intValue());
    }
}
