package io.spotplane.pricing.bid;

/**
 * What one bid would have met.
 *
 * @param bid in millionths
 * @param shareHeld of the known time
 * @param lossesPerDay how often the market passed it while it held, for each known day
 * @param paidMicros mean price while held, in millionths: winners pay max(market, reserve); 0 when it never held
 * @param stretches the times for which it held
 */
public record RungReplay(long bid, double shareHeld, double lossesPerDay, long paidMicros, HeldStretches stretches) {}
