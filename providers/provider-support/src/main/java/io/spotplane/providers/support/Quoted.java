package io.spotplane.providers.support;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * What a price field of a feed or a list says: an amount, nothing, or something that cannot be a price. Feeds write prices as strings and as noisy doubles, with a dollar sign or
 * without, and now and then as {@code NaN}; one of them must neither be believed nor lose the rest.
 */
public sealed interface Quoted {

    /** Why a field is no price. The names are counted. */
    enum Flaw {
        /** It is no number. */
        NOT_A_NUMBER,
        /** It is below zero. */
        NEGATIVE_PRICE,
        /** It is 10^12 or more. */
        PRICE_TOO_HIGH
    }

    /** An amount of 0 or more, of at most six decimal places; 0 is what many write for "not sold". */
    record Amount(BigDecimal amount) implements Quoted {}

    /** Nothing. */
    record Nothing() implements Quoted {}

    /** Something that cannot be a price. */
    record Flawed(Flaw flaw) implements Quoted {}

    /** Reads a text, such as {@code 0.051}, {@code $1,204.50}, {@code 1e-05}. */
    static Quoted of(String field) {
        var text = Reading.undecorated(field);
        if (text.isEmpty()) {
            return new Nothing();
        }
        return Reading.NUMBER.matcher(text).matches() ? of(new BigDecimal(text)) : new Flawed(Flaw.NOT_A_NUMBER);
    }

    /** Judges a number; what is finer than six places is rounded half up, which takes the noise of doubles away. */
    static Quoted of(BigDecimal number) {
        if (number.signum() < 0) {
            return new Flawed(Flaw.NEGATIVE_PRICE);
        }
        var digitsBeforeThePoint = (long) number.precision() - number.scale();
        if (digitsBeforeThePoint > Reading.MOST_DIGITS) {
            return new Flawed(Flaw.PRICE_TOO_HIGH);
        }
        // Looked at before it is rounded: 1e-999999999 is a short text and a huge division.
        return new Amount(digitsBeforeThePoint < -Reading.DECIMALS ? BigDecimal.ZERO : rounded(number));
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.scale() > Reading.DECIMALS ? number.setScale(Reading.DECIMALS, RoundingMode.HALF_UP) : number;
    }

    /** The price of both together; of nothing when one of them is not sold. */
    default Quoted plus(Quoted other) {
        return switch (this) {
            case Flawed flawed -> flawed;
            case Nothing nothing -> other instanceof Flawed ? other : nothing;
            case Amount(var amount) -> other instanceof Amount(var more) ? of(amount.add(more)) : other;
        };
    }

    /** How texts are read. */
    final class Reading {

        private static final Pattern DOLLAR = Pattern.compile("^\\s*\\$?\\s*|\\s+$");
        /** A comma that can only part thousands: {@code 0,10} is somebody's decimal, and no number here. */
        private static final Pattern THOUSANDS = Pattern.compile("[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d*)?");

        private static final Pattern NUMBER =
                Pattern.compile("[+-]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][+-]?\\d{1,2})?");
        private static final int DECIMALS = 6;
        private static final int MOST_DIGITS = 12;

        private Reading() {}

        private static String undecorated(String field) {
            var text = DOLLAR.matcher(field).replaceAll("");
            return THOUSANDS.matcher(text).matches() ? text.replace(",", "") : text;
        }
    }
}
