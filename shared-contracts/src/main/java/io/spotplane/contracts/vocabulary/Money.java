package io.spotplane.contracts.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * An amount of money: a decimal with at most six places and an ISO 4217 currency code. On the wire a decimal
 * <em>string</em> ({@code {"amount":"0.1300","currency":"USD"}}), never a binary float.
 *
 * @param amount at least 0 and below 10^12, with 0 to 6 decimal places (six is what EC2 quotes spot prices in)
 * @param currency three upper-case letters
 */
public record Money(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) implements Comparable<Money> {

    private static final int MAX_SCALE = 6;
    private static final BigDecimal LIMIT = new BigDecimal("1000000000000");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");

    public Money {
        if (amount.signum() < 0 || amount.compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException(
                    "amount is " + amount.toPlainString() + ", expected 0 <= amount < 10^12");
        }
        if (amount.scale() < 0 || amount.scale() > MAX_SCALE) {
            amount = amount.setScale(Math.clamp(amount.scale(), 0, MAX_SCALE), RoundingMode.HALF_UP);
        }
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("currency is '" + currency + "', expected three letters such as USD");
        }
    }

    /** Reads the wire form; a number with an exponent, a sign or more than six places is refused, not rounded. */
    @JsonCreator
    public static Money of(@JsonProperty("amount") String amount, @JsonProperty("currency") String currency) {
        if (amount == null || !DECIMAL.matcher(amount).matches()) {
            throw new IllegalArgumentException("amount is '" + amount
                    + "', expected a decimal string with at most six places, such as \"0.1300\"");
        }
        if (currency == null) {
            throw new IllegalArgumentException("currency is missing, expected three letters such as USD");
        }
        return new Money(new BigDecimal(amount), currency);
    }

    /** US dollars, the currency in which every provider of today bills. */
    public static Money usd(String amount) {
        return of(amount, "USD");
    }

    /** Nothing, in {@code currency}. */
    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** The sum; both must be in one currency. */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /** {@code factor} times this amount, rounded half up to six places. */
    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor).setScale(MAX_SCALE, RoundingMode.HALF_UP), currency);
    }

    /** Compares amounts; both must be in one currency. Scale does not matter: 0.9 equals 0.900000 in this order. */
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    /** Whether this is strictly more than {@code other}; both must be in one currency. */
    public boolean exceeds(Money other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
        }
        return other;
    }
}
