/**
 * Our own experience with spot capacity: what the events of our machines say of reclaims and outages, kept in PostgreSQL, and the model that is
 * learnt from it again and again.
 */
@NullMarked
package io.spotplane.pricing.risk.observed;

import org.jspecify.annotations.NullMarked;
