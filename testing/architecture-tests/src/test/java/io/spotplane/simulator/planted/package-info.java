/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.simulator.planted;

import org.jspecify.annotations.NullMarked;
