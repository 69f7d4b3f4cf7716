/**
 * HTTP as the simulated providers see it: a request, a response, JSON, and the server that carries them.
 */
@NullMarked
package io.spotplane.simulator.wire;

import org.jspecify.annotations.NullMarked;
