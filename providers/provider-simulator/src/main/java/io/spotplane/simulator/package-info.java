/**
 * The clouds and the data centre that Spotplane buys from and watches, in one small process: true wire protocols,
 * real prices, misbehaviour on request, and a ledger that knows what was really created. It shares no class with
 * the adapters, so a misreading of a protocol shows.
 */
@NullMarked
package io.spotplane.simulator;

import org.jspecify.annotations.NullMarked;
