/** Tests of the book and what follows from a decision. */
@NullMarked
package io.spotplane.provisioning.holding;

import org.jspecify.annotations.NullMarked;
