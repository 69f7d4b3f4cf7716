package io.spotplane.provisioning.request;

import io.spotplane.contracts.event.Interruption.Certainty;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Notice;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An instance as clients see it.
 *
 * @param id its id
 * @param requestId the request it serves
 * @param phase where it stands
 * @param reason stable code of why; null when the phase explains itself
 * @param message the same for people
 * @param provider provider name
 * @param providerInstanceId the provider's id; null before there is one
 * @param offeringId what it was bought from
 * @param region its region
 * @param zone its zone; null where there is none
 * @param instanceType the provider's type name
 * @param gpu its GPUs; null for none
 * @param capacityType spot or on demand
 * @param price what an hour costs
 * @param address where it can be reached; null until known
 * @param replaces the instance that it replaces; null for none
 * @param replacedBy the instance that replaces it; null for none
 * @param interruption that its provider takes it back; null when nobody said so
 * @param intendedAt when its launch was written down
 * @param orderedAt when it was ordered; null before
 * @param seenRunningAt when a list first showed it running; null before
 * @param readyAt when it was first proved reachable; null before
 * @param endedAt when its end was proved or seen; null before
 * @param costSoFar what it has cost
 * @param version counts its changes; the ETag
 */
record InstanceResource(
        UUID id,
        UUID requestId,
        InstancePhase phase,
        @Nullable String reason,
        String message,
        String provider,
        @Nullable String providerInstanceId,
        String offeringId,
        String region,
        @Nullable String zone,
        String instanceType,
        @Nullable Gpu gpu,
        CapacityType capacityType,
        HourlyPrice price,
        @Nullable String address,
        @Nullable UUID replaces,
        @Nullable UUID replacedBy,
        @Nullable InterruptionNotice interruption,
        Instant intendedAt,
        @Nullable Instant orderedAt,
        @Nullable Instant seenRunningAt,
        @Nullable Instant readyAt,
        @Nullable Instant endedAt,
        Money costSoFar,
        long version) {

    /**
     * That the provider takes it, or took it.
     *
     * @param noticedAt when the provider said so
     * @param deadline when it goes; null when it was found gone
     * @param certainty announced or observed
     */
    record InterruptionNotice(Instant noticedAt, @Nullable Instant deadline, Certainty certainty) {

        static @Nullable InterruptionNotice of(@Nullable Notice notice) {
            return notice == null
                    ? null
                    : new InterruptionNotice(notice.noticedAt(), notice.deadline(), notice.certainty());
        }
    }

    static InstanceResource of(Instance instance, @Nullable String machine, Instant now) {
        var offering = instance.order().offering();
        var milestones = instance.milestones();
        return new InstanceResource(
                instance.id(),
                instance.requestId(),
                instance.state().phase(),
                instance.state().reason(),
                instance.state().message(),
                instance.provider(),
                instance.machine().map(ProviderInstanceId::value).orElse(machine),
                offering.id(),
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.gpu(),
                offering.capacityType(),
                instance.price(),
                instance.address(),
                instance.replaces(),
                instance.replacedBy(),
                InterruptionNotice.of(instance.notice()),
                milestones.intendedAt(),
                milestones.orderedAt(),
                milestones.seenRunningAt(),
                milestones.readyAt(),
                milestones.endedAt(),
                instance.cost(now),
                instance.version());
    }
}
