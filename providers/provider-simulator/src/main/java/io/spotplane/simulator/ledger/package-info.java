/**
 * Everything ever bought, seen from outside: the witness of tests that count machines and money.
 */
@NullMarked
package io.spotplane.simulator.ledger;

import org.jspecify.annotations.NullMarked;
