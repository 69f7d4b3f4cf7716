/**
 * Price alerts: a tenant draws a line, and is told once when a price crosses it. Alerts are judged market by market, on the shelf that a
 * market's round has just written down and before its next round may begin, so that no price is passed over even when the process is killed
 * in between; how each alert stands is kept in the database, and told through the outbox in the transaction that changes it.
 */
@NullMarked
package io.spotplane.pricing.alert;

import org.jspecify.annotations.NullMarked;
