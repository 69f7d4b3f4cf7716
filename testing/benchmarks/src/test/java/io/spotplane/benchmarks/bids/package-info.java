/** Bids: chosen on what was known, judged by what came. */
package io.spotplane.benchmarks.bids;
