package io.spotplane.inventory.merged;

import io.spotplane.contracts.event.AggregateObserved;

/**
 * An aggregate and what it is for.
 *
 * @param observed what is announced of it
 * @param pool what it is for
 */
public record Aggregate(AggregateObserved observed, Pool pool) {}
