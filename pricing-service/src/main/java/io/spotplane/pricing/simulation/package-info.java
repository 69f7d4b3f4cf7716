/** What-if: any policy replayed on recorded availability, by the same code that decides live. */
@NullMarked
package io.spotplane.pricing.simulation;

import org.jspecify.annotations.NullMarked;
