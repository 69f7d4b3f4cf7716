package io.spotplane.contracts.event;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.InstancePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance after a change of its phase.
 *
 * @param instanceId UUID of the instance in Spotplane
 * @param requestId UUID of the request it serves
 * @param from the phase before; null for the first
 * @param phase the phase now
 * @param reason stable code of why; null when the phase explains itself
 * @param message the same for people
 * @param provider provider name
 * @param providerInstanceId the provider's own id; null until the provider gave one
 * @param offeringId the offering it was bought from
 * @param region its region
 * @param zone its zone; null where there is none
 * @param instanceType the provider's type name
 * @param capacityType spot or on demand
 * @param price what it was bought at
 * @param address where it can be reached; null until known
 * @param replaces the instance that it replaces; null for none
 * @param changedAt when it changed
 */
public record InstanceTransitioned(
        String instanceId,
        String requestId,
        @Nullable InstancePhase from,
        InstancePhase phase,
        @Nullable String reason,
        String message,
        String provider,
        @Nullable String providerInstanceId,
        String offeringId,
        String region,
        @Nullable String zone,
        String instanceType,
        CapacityType capacityType,
        HourlyPrice price,
        @Nullable String address,
        @Nullable String replaces,
        Instant changedAt) {}
