/**
 * Rackspace Spot as a market: the public price feed, with a refresh token the server classes with their stock, minimum and on-demand price, and how the auctions
 * went. {@link io.spotplane.providers.rackspace.RackspaceFaults} is the only file that knows its codes, {@link io.spotplane.providers.rackspace.RackspaceApi} and
 * {@link io.spotplane.providers.rackspace.RackspaceFeed} the only ones that call.
 */
@NullMarked
package io.spotplane.providers.rackspace;

import org.jspecify.annotations.NullMarked;
