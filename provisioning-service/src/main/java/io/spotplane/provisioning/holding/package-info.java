/**
 * What a tenant asked for together with everything that was bought for it: the unit in which decisions are taken and made durable.
 * A decision is a pure function from a holding to the next; the {@link io.spotplane.provisioning.holding.Book} records it with
 * its events and its timeline in one transaction.
 */
@NullMarked
package io.spotplane.provisioning.holding;

import org.jspecify.annotations.NullMarked;
