package io.spotplane.simulator.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Money for time, billed by the millisecond. */
public final class Cost {

    private static final int DECIMALS = 6;
    private static final BigDecimal MILLIS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    private Cost() {}

    /** Zero when the time runs backwards. */
    public static BigDecimal of(BigDecimal hourlyPrice, Instant from, Instant to) {
        var millis = BigDecimal.valueOf(Math.max(0, Duration.between(from, to).toMillis()));
        return hourlyPrice.multiply(millis).divide(MILLIS_PER_HOUR, DECIMALS, RoundingMode.HALF_UP);
    }

    /** How long a sum lasts at this hourly price. */
    public static Duration timeBought(BigDecimal sum, BigDecimal hourlyPrice) {
        return Duration.ofMillis(sum.multiply(MILLIS_PER_HOUR)
                .divide(hourlyPrice, 0, RoundingMode.UP)
                .longValue());
    }
}
