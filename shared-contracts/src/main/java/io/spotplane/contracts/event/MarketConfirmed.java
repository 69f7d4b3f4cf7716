package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * A complete look at a market confirmed everything that was announced of it: offerings that did not change have no event of
 * their own, and yet their price is known to hold.
 *
 * @param provider the market
 * @param confirmedAt when the look ended
 * @param offerings how many are for sale
 */
public record MarketConfirmed(String provider, Instant confirmedAt, int offerings) {}
