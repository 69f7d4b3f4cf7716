package io.spotplane.contracts.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one whole offering (all its GPUs, the whole machine) costs for an hour. On the wire
 * {@code {"amount":"0.1300","currency":"USD","per":"hour"}}.
 *
 * @param amount as in {@link Money}
 * @param currency as in {@link Money}
 */
public record HourlyPrice(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency)
        implements Comparable<HourlyPrice> {

    private static final BigDecimal NANOS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toNanos());

    public HourlyPrice {
        amount = new Money(amount, currency).amount();
    }

    /** Reads the wire form; {@code per} must be {@code hour} or absent. */
    @JsonCreator
    public static HourlyPrice of(
            @JsonProperty("amount") String amount,
            @JsonProperty("currency") String currency,
            @JsonProperty("per") @Nullable String per) {
        if (per != null && !per.equals("hour")) {
            throw new IllegalArgumentException("per is '" + per + "', expected 'hour'");
        }
        return per(Money.of(amount, currency));
    }

    /** {@code money} for each hour. */
    public static HourlyPrice per(Money money) {
        return new HourlyPrice(money.amount(), money.currency());
    }

    /** US dollars an hour. */
    public static HourlyPrice usd(String amount) {
        return per(Money.usd(amount));
    }

    /** The unit as it stands on the wire. */
    @JsonProperty("per")
    public String unit() {
        return "hour";
    }

    /** The amount of one hour. */
    public Money forOneHour() {
        return new Money(amount, currency);
    }

    /** What running for {@code time} costs at this price, billed by the nanosecond, rounded half up to six places. */
    public Money during(Duration time) {
        var hours = BigDecimal.valueOf(time.toNanos()).divide(NANOS_PER_HOUR, MathContext.DECIMAL64);
        return forOneHour().times(hours);
    }

    /** This price divided evenly over {@code parts} (GPUs, say), rounded half up to six places. */
    public HourlyPrice dividedBy(int parts) {
        return new HourlyPrice(amount.divide(BigDecimal.valueOf(parts), 6, RoundingMode.HALF_UP), currency);
    }

    @Override
    public int compareTo(HourlyPrice other) {
        return forOneHour().compareTo(other.forOneHour());
    }

    /** Whether this is strictly dearer than {@code other}. */
    public boolean exceeds(HourlyPrice other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return forOneHour() + "/h";
    }
}
