/** Host aggregates by GPU type, with their hosts. */
@NullMarked
package io.spotplane.inventory.aggregate;

import org.jspecify.annotations.NullMarked;
