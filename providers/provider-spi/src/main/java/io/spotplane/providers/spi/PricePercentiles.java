package io.spotplane.providers.spi;

import java.math.BigDecimal;

/**
 * Where an auction's price stood over the last 30 days, as the provider sums it up: 20, 50 and 80 % of the time it was at or below these amounts. All may lie below the
 * market price of now, and outliers of a hundred times the market price were seen.
 *
 * @param offeringId whose
 * @param p20 for one machine and hour, in the offering's currency; 0 ≤ p20 ≤ p50 ≤ p80
 * @param p50 the median
 * @param p80 exceeded a fifth of the time
 */
public record PricePercentiles(String offeringId, BigDecimal p20, BigDecimal p50, BigDecimal p80) {

    public PricePercentiles {
        if (p20.signum() < 0 || p20.compareTo(p50) > 0 || p50.compareTo(p80) > 0) {
            throw new IllegalArgumentException("percentiles are " + p20.toPlainString() + ", " + p50.toPlainString()
                    + ", " + p80.toPlainString() + ", expected ascending from 0 on");
        }
    }
}
