/**
 * What goes wrong, and when: rules that make a call misbehave, injected latency, and the log of all calls.
 * Protocols stay honest; the stage around them lies.
 */
@NullMarked
package io.spotplane.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
