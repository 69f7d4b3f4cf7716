/** GPU types: how many GPUs there are, in which pool, and how many are free. */
@NullMarked
package io.spotplane.inventory.gputype;

import org.jspecify.annotations.NullMarked;
