/**
 * What to bid: past prices replayed on the rungs that the market accepts, and the cheapest rung that keeps the wanted survival. {@code ReplayBids} says what each
 * rung would have met, {@code PositionHazards} what is learnt from all auctions of a provider about rungs that stand alike in their distributions, {@code ChooseBid}
 * puts both together. Plain functions of what is known and of the time; formulas in {@code docs/pricing/bids.md}.
 */
@NullMarked
package io.spotplane.pricing.bid;

import org.jspecify.annotations.NullMarked;
