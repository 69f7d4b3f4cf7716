package io.spotplane.contracts.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a price alert was raised for is over; it is armed again.
 *
 * @param alertId the alert
 * @param name its name; null for none
 * @param kind what was set
 * @param generation of the raise that is over
 * @param clearedAt when
 */
public record PriceAlertCleared(
        String alertId, @Nullable String name, PriceAlertRaised.Kind kind, long generation, Instant clearedAt) {}
