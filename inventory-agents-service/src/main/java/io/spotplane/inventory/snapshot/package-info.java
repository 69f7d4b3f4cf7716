/**
 * The last good snapshot of each source, in Redis: one hash for each source with the document, its time and its fencing number, replaced in
 * one step. It survives a restart of the service and serves every replica.
 */
@NullMarked
package io.spotplane.inventory.snapshot;

import org.jspecify.annotations.NullMarked;
