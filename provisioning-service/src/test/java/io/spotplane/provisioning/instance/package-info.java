/** Tests of the states of an instance. */
@NullMarked
package io.spotplane.provisioning.instance;

import org.jspecify.annotations.NullMarked;
