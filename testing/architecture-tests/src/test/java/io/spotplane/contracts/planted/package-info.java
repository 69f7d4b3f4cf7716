/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.contracts.planted;

import org.jspecify.annotations.NullMarked;
