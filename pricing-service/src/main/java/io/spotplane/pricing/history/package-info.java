/** What offerings cost before: questions to the price history, and the monthly partitions that it is kept in. */
@NullMarked
package io.spotplane.pricing.history;

import org.jspecify.annotations.NullMarked;
