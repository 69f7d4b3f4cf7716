/**
 * Work that must be done by a deadline, on capacity that comes and goes: when to run on spot, when on demand, and when to wait. The core is
 * plain Java over whole ticks and knows neither clock nor market; the same {@link io.spotplane.pricing.deadline.Policy} decides live and in
 * simulations.
 */
@NullMarked
package io.spotplane.pricing.deadline;

import org.jspecify.annotations.NullMarked;
