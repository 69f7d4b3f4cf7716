/**
 * A GPU data centre grown from a seed: hosts, pools (host aggregates) and the servers on them. Nova and NetBox
 * are two views of it.
 */
@NullMarked
package io.spotplane.simulator.datacentre;

import org.jspecify.annotations.NullMarked;
