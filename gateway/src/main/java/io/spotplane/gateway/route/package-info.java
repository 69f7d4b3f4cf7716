/**
 * Which path leads to which service, and under which named policy: time-out, circuit breaker, retry and rate. Failures of the far
 * side get their problem here.
 */
@NullMarked
package io.spotplane.gateway.route;

import org.jspecify.annotations.NullMarked;
