package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.time.Instant;

/**
 * What was said before it was seen, and what became of it.
 *
 * @param pool of which
 * @param at when it was said, from what was known then
 * @param horizon how far ahead
 * @param ours chance to survive, by the model
 * @param poolRate the same by one constant hazard for each pool, learnt at the same moment
 * @param baseRate the same by one constant hazard for all
 * @param survived what happened
 */
public record Forecast(
        Pool pool, Instant at, Duration horizon, double ours, double poolRate, double baseRate, boolean survived) {}
