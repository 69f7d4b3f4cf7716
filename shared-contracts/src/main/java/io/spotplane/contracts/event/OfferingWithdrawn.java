package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * An offering that its provider no longer sells.
 *
 * @param offeringId the offering
 * @param provider its provider
 * @param withdrawnAt when a complete sweep no longer saw it
 */
public record OfferingWithdrawn(String offeringId, String provider, Instant withdrawnAt) {}
