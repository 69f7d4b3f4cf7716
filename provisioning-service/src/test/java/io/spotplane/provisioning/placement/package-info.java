/** Tests of where is bought. */
@NullMarked
package io.spotplane.provisioning.placement;

import org.jspecify.annotations.NullMarked;
