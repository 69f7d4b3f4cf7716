/** Spotplane's own processes: services and issuer from their extracted jars, and the simulator from the class path. */
@NullMarked
package io.spotplane.stack.app;

import org.jspecify.annotations.NullMarked;
