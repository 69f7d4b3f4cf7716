/** Hosts as the API shows them: the merged view, filtered and paged. */
@NullMarked
package io.spotplane.inventory.host;

import org.jspecify.annotations.NullMarked;
