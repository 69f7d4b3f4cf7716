/**
 * How auctions went: hammer prices and 30-day percentiles of every offering whose market takes bids, collected on a schedule of their own and kept in PostgreSQL,
 * append only. What changed on our own shelves is the second, weaker source. {@link io.spotplane.pricing.auction.AuctionBoard} has all of it in memory, as price
 * paths that can be replayed; decisions over them are made elsewhere.
 */
@NullMarked
package io.spotplane.pricing.auction;

import org.jspecify.annotations.NullMarked;
