/** How the agents are doing: what each saw, how fast, and what went wrong; and having them look now. */
@NullMarked
package io.spotplane.inventory.status;

import org.jspecify.annotations.NullMarked;
