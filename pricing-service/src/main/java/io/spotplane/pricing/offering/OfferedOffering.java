package io.spotplane.pricing.offering;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An offering as it is shown: the wire record of the contracts, and how much it is worth as news.
 *
 * @param offering the offering; {@code receivedAt} is when its market last confirmed it
 * @param pricePerGpu billed price of each GPU; null for a machine without
 * @param machineClass class or family, as the type's name tells
 * @param generation generation, as the type's name tells; null when it does not
 * @param gpuReviewed whether the GPU's name stands in the reviewed table; null for a machine without
 * @param forNodes what the asked number of them costs; null when nobody asked
 * @param ageSeconds seconds since its market last confirmed it
 * @param stale whether that is longer ago than the market's limit, or the answering replica is cut off
 */
record OfferedOffering(
        @JsonUnwrapped Offering offering,

        @Schema(description = "Billed price of each GPU; absent for a machine without") @Nullable
        HourlyPrice pricePerGpu,

        @Schema(description = "Class or family, as the type's name tells; what machineClass filters by", example = "g6")
        String machineClass,

        @Schema(description = "Generation, as the type's name tells; null when it does not", example = "6") @Nullable
        Integer generation,

        @Schema(description = "Whether the GPU's name stands in the reviewed table; null for a machine without")
        @Nullable
        Boolean gpuReviewed,

        @Schema(description = "What the asked number of nodes costs; absent without nodes=")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        NodesCost forNodes,

        @Schema(description = "Seconds since the market last confirmed it", example = "12")
        long ageSeconds,

        @Schema(description = "Whether the price is older than its market's limit")
        boolean stale) {

    /** As {@code found} is shown at {@code now}, with the price of {@code nodes} of it when that is asked. */
    static OfferedOffering at(Instant now, Storefront.Found found, boolean detached, @Nullable Integer nodes) {
        var offering = found.offering();
        var report = found.report();
        var confirmedAt = Objects.requireNonNullElse(report.confirmedAt(offering.id()), offering.receivedAt());
        var family = MachineFamily.of(offering.instanceType());
        return new OfferedOffering(
                confirmed(offering, confirmedAt),
                perGpu(offering),
                family.machineClass(),
                family.generation(),
                reviewed(offering.gpu()),
                nodes == null ? null : NodesCost.of(nodes, offering.billedPrice()),
                Objects.requireNonNullElse(report.ageAt(now, offering.id()), Duration.ZERO)
                        .toSeconds(),
                detached || report.staleAt(now, offering.id()));
    }

    private static @Nullable HourlyPrice perGpu(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? null : offering.billedPrice().dividedBy(gpu.count());
    }

    private static @Nullable Boolean reviewed(@Nullable Gpu gpu) {
        return gpu == null ? null : GpuModels.isReviewed(gpu.model());
    }

    /** Standing on the shelf means: seen again in the last believed sweep, unless its row was doubted since. */
    private static Offering confirmed(Offering recorded, Instant confirmedAt) {
        return new Offering(
                recorded.id(),
                recorded.provider(),
                recorded.region(),
                recorded.zone(),
                recorded.instanceType(),
                recorded.vcpu(),
                recorded.memoryMiB(),
                recorded.gpu(),
                recorded.capacityType(),
                recorded.price(),
                recorded.billedPrice(),
                recorded.availability(),
                recorded.source(),
                recorded.observedAt(),
                confirmedAt,
                recorded.availabilityConfidence(),
                recorded.bidRules());
    }
}
