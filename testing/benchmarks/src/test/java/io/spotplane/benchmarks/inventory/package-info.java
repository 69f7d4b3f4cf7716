/** The inventory sweep, measured against the ways it was done before, in one run on one simulated data centre. */
@NullMarked
package io.spotplane.benchmarks.inventory;

import org.jspecify.annotations.NullMarked;
