/**
 * The statistics of reclaim, plain Java: how long machines of a pool live, how long its outages last, which pools fail together, and how good
 * such forecasts were. Everything is learnt at run time from lives and outages; the few carried numbers are priors and name their source.
 * {@code docs/pricing/risk.md} has the formulas.
 */
@NullMarked
package io.spotplane.pricing.risk.hazard;

import org.jspecify.annotations.NullMarked;
