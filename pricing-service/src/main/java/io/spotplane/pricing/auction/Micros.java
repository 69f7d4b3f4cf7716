package io.spotplane.pricing.auction;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts for one machine and hour as whole millionths: six places is what money has here, and comparing longs is what a replay does most. */
public final class Micros {

    private static final int PLACES = 6;

    private Micros() {}

    /** {@code amount} in millionths, rounded half up; percentile feeds carry the noise of binary fractions. */
    public static long of(BigDecimal amount) {
        return amount.movePointRight(PLACES).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The amount that {@code micros} millionths are, without trailing zeros but with at least three places. */
    public static BigDecimal toAmount(long micros) {
        var exact = BigDecimal.valueOf(micros, PLACES).stripTrailingZeros();
        return exact.scale() < 3 ? exact.setScale(3) : exact;
    }
}
