/**
 * OpenStack by Keystone v3 and Nova: tokens that expire, microversions, aggregates, hypervisors, services,
 * servers and flavors of the simulated data centre.
 */
@NullMarked
package io.spotplane.simulator.openstack;

import org.jspecify.annotations.NullMarked;
