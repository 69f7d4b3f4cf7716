/** What the inventory measures of itself. */
@NullMarked
package io.spotplane.inventory.metrics;

import org.jspecify.annotations.NullMarked;
