/** Recorded availability of spot capacity: what past decisions would have met, for learning and for replaying policies. */
@NullMarked
package io.spotplane.pricing.trace;

import org.jspecify.annotations.NullMarked;
