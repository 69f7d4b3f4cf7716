/**
 * What is written down about the markets, in PostgreSQL: the lease under which one replica collects a market, the latest state of every
 * offering, and one history row for each change. A change, its history and its announcement become durable in one transaction, and only
 * under the lease.
 */
@NullMarked
package io.spotplane.pricing.book;

import org.jspecify.annotations.NullMarked;
