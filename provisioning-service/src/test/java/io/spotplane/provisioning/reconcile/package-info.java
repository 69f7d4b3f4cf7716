/** The simulation of the lifecycle, and the tests of its pure decisions. */
@NullMarked
package io.spotplane.provisioning.reconcile;

import org.jspecify.annotations.NullMarked;
