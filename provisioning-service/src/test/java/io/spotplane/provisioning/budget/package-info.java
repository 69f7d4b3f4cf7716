/** Tests of what may be spent. */
@NullMarked
package io.spotplane.provisioning.budget;

import org.jspecify.annotations.NullMarked;
