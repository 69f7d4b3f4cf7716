/** What other services hear about the markets: one event for each change, none for a price that stayed. */
@NullMarked
package io.spotplane.pricing.announce;

import org.jspecify.annotations.NullMarked;
