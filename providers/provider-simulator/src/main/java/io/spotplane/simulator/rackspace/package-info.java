/**
 * Rackspace Spot: the public price feed as objects of a bucket, login, and the resource API's regions and server classes, over auctions that go on by the hour.
 */
@NullMarked
package io.spotplane.simulator.rackspace;

import org.jspecify.annotations.NullMarked;
