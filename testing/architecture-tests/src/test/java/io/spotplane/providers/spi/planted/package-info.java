/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.providers.spi.planted;

import org.jspecify.annotations.NullMarked;
