/**
 * NetBox by its REST interface: the devices and sites of the simulated data centre as its owner wrote them down.
 */
@NullMarked
package io.spotplane.simulator.netbox;

import org.jspecify.annotations.NullMarked;
