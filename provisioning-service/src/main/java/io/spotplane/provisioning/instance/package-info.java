/**
 * One machine that a tenant pays for, from the written intent to the proof of its end. A state is a type; a transition is a method
 * on the states that allow it, with time as a parameter. Nothing here calls anybody.
 */
@NullMarked
package io.spotplane.provisioning.instance;

import org.jspecify.annotations.NullMarked;
