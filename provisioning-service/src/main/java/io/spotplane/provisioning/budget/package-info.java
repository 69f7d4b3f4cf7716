/** What may be spent: whether a request's budget lasts until the next look, and whether one more machine fits into it. */
@NullMarked
package io.spotplane.provisioning.budget;

import org.jspecify.annotations.NullMarked;
