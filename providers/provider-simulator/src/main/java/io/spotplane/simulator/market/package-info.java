/**
 * Facts of the markets: machines, GPUs and prices, carried as small resource files, and the movement of spot
 * prices that follows from a seed.
 */
@NullMarked
package io.spotplane.simulator.market;

import org.jspecify.annotations.NullMarked;
