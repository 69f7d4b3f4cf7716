/** Hand-written stand-ins with a memory. */
@NullMarked
package io.spotplane.inventory.fake;

import org.jspecify.annotations.NullMarked;
