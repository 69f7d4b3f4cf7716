/** A breach of a rule, planted for ArchitectureTest. */
@NullMarked
package io.spotplane.outbox.planted;

import org.jspecify.annotations.NullMarked;
