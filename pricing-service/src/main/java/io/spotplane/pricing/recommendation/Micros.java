package io.spotplane.pricing.recommendation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Millionths of a currency unit as whole numbers: what {@code Money} can express, and what the solver counts in. */
final class Micros {

    private static final int PLACES = 6;

    private Micros() {}

    static long of(BigDecimal amount) {
        return amount.setScale(PLACES, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }

    static BigDecimal toAmount(long micros) {
        return BigDecimal.valueOf(micros, PLACES);
    }
}
