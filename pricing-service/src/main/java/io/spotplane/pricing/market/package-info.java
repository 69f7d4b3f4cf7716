/**
 * Collecting the markets: each on its own rhythm, one replica at a time, judged row by row before it is believed, written down, announced
 * and put out. A market that hangs, fails or answers short costs nobody else anything and keeps its last good prices.
 */
@NullMarked
package io.spotplane.pricing.market;

import org.jspecify.annotations.NullMarked;
