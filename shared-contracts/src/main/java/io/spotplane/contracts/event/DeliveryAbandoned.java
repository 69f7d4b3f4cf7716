package io.spotplane.contracts.event;

import java.time.Instant;

/**
 * A delivery that was given up.
 *
 * @param subscriptionId the subscription
 * @param deliveryId the delivery
 * @param eventId the event that was not delivered
 * @param attempts how often it was tried
 * @param reason what the last attempt met
 * @param abandonedAt when it was given up
 */
public record DeliveryAbandoned(
        String subscriptionId, String deliveryId, String eventId, int attempts, String reason, Instant abandonedAt) {}
