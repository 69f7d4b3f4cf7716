/**
 * Row leases in PostgreSQL: of several replicas one does a duty at a time. A lease outlives the time-out of what is done under it, so there is no
 * heartbeat; its fencing number lets every store refuse a holder that was paused and came back late.
 */
@NullMarked
package io.spotplane.inventory.lease;

import org.jspecify.annotations.NullMarked;
