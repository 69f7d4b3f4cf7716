/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.pricing.planted.names;

import org.jspecify.annotations.NullMarked;
