/**
 * How an agent is run: leased, timed out, measured, judged, and kept apart from the others. One that fails or hangs leaves its last good snapshot in
 * place and is named with its age. What the agents look at is in {@code collect}.
 */
@NullMarked
package io.spotplane.inventory.agent;

import org.jspecify.annotations.NullMarked;
