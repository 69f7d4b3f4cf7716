/**
 * The hand behind the curtain: rules, clock, credit, prices, reclaims, calls and the ledger, for tests in Java
 * and over HTTP under {@code /_control}.
 */
@NullMarked
package io.spotplane.simulator.control;

import org.jspecify.annotations.NullMarked;
