/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.pricing.planted.imports;

import org.jspecify.annotations.NullMarked;
