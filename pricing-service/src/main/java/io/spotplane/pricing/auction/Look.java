package io.spotplane.pricing.auction;

import java.time.Instant;

/**
 * What was to be seen of one auction at one moment: the price of now, and where it stood over the last 30 days. In millionths, see {@link Micros}.
 *
 * @param offeringId whose
 * @param at when
 * @param market the market price at that moment
 * @param p20 exceeded 80 % of the time, as the provider says
 * @param p50 exceeded half of the time
 * @param p80 exceeded a fifth of the time
 */
public record Look(String offeringId, Instant at, long market, long p20, long p50, long p80) {}
