/**
 * The merged view: what the last good snapshots of all sources say together of hosts and aggregates, computed when it is asked for. Pure rules over
 * snapshots; no state of its own.
 */
@NullMarked
package io.spotplane.inventory.merged;

import org.jspecify.annotations.NullMarked;
