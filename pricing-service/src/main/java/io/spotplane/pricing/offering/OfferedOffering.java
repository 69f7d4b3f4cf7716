package io.spotplane.pricing.offering;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * @param ageSeconds seconds since its market last confirmed it
 * @param stale whether that is longer ago than the market's limit, or the answering replica is cut off
 */
record OfferedOffering(
        @JsonUnwrapped Offering offering,

        @Schema(description = "Billed price of each GPU; absent for a machine without") @Nullable
        HourlyPrice pricePerGpu,

        @Schema(description = "Seconds since the market last confirmed it", example = "12")
        long ageSeconds,

        @Schema(description = "Whether the price is older than its market's limit")
        boolean stale) {

    static OfferedOffering at(Instant now, Storefront.Found found, boolean detached) {
        var report = found.report();
        var confirmed = confirmed(found.offering(), report);
        return new OfferedOffering(
                confirmed,
                perGpu(confirmed),
                Objects.requireNonNullElse(report.ageAt(now), Duration.ZERO).toSeconds(),
                detached || report.staleAt(now));
    }

    private static @Nullable HourlyPrice perGpu(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? null : offering.billedPrice().dividedBy(gpu.count());
    }

    /** Standing on the shelf means: seen again in the last believed sweep. */
    private static Offering confirmed(Offering recorded, MarketReport report) {
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
                Objects.requireNonNullElse(report.asOf(), recorded.receivedAt()),
                recorded.availabilityConfidence(),
                recorded.bidRules());
    }
}
