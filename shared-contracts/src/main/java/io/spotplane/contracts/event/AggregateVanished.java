package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * An aggregate that a complete sweep no longer saw.
 *
 * @param aggregateId the aggregate
 * @param observedAt when the sweep ended
 */
public record AggregateVanished(String aggregateId, Instant observedAt) {}
