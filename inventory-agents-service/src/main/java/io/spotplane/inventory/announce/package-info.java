/** Change detection: what differs from what was announced last becomes an event, in one transaction with the note that it was announced. */
@NullMarked
package io.spotplane.inventory.announce;

import org.jspecify.annotations.NullMarked;
