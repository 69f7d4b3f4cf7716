package io.spotplane.providers.spi;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the winners of one auction round pay.
 *
 * @param at when the round ended
 * @param amount for one machine and hour, in the offering's currency; at least 0
 */
public record HammerPrice(Instant at, BigDecimal amount) {

    public HammerPrice {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("amount is " + amount.toPlainString() + ", expected 0 or more");
        }
    }
}
