package io.spotplane.providers.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** What a price column says. */
sealed interface Quoted {

    /** Money has six decimal places; what is finer is rounded half up. */
    int DECIMALS = 6;

    BigDecimal LIMIT = BigDecimal.TEN.pow(12);

    /** No more digits than a price can have, and no exponent that makes a short text a huge number. */
    Pattern NUMBER = Pattern.compile("[+-]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][+-]?\\d{1,2})?");

    /** An amount for one machine and hour; 0 is what lists write for "not sold". */
    record Amount(BigDecimal amount) implements Quoted {}

    /** Nothing. */
    record Nothing() implements Quoted {}

    /** Something that cannot be a price. */
    record Flawed(RowFlaw flaw) implements Quoted {}

    /** Reads a field. */
    static Quoted of(String field) {
        var text = field.strip();
        if (text.isEmpty()) {
            return new Nothing();
        }
        return NUMBER.matcher(text).matches() ? of(new BigDecimal(text)) : new Flawed(RowFlaw.NOT_A_NUMBER);
    }

    private static Quoted of(BigDecimal amount) {
        if (amount.signum() < 0) {
            return new Flawed(RowFlaw.NEGATIVE_PRICE);
        }
        if (amount.compareTo(LIMIT) >= 0) {
            return new Flawed(RowFlaw.PRICE_TOO_HIGH);
        }
        return new Amount(amount.scale() > DECIMALS ? amount.setScale(DECIMALS, RoundingMode.HALF_UP) : amount);
    }

    /** The price of both together; of nothing when one of them is not sold. */
    default Quoted plus(Quoted other) {
        return switch (this) {
            case Flawed flawed -> flawed;
            case Nothing nothing -> other instanceof Flawed ? other : nothing;
            case Amount(var amount) -> other instanceof Amount(var more) ? of(amount.add(more)) : other;
        };
    }
}
