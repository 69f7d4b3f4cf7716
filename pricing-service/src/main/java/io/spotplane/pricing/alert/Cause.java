package io.spotplane.pricing.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.contracts.event.PriceAlertRaised.Reason;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The offering in which what an alert is set for holds.
 *
 * @param reason what holds
 * @param offeringId the offering
 * @param price what it is billed for an hour; null when it is not for sale
 * @param pricePerGpu the same for each of its GPUs; null for a machine without
 * @param probability that capacity at the bid ends within the horizon; null where nothing was estimated
 * @param basis what the estimate rests on; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cause(
        Reason reason,

        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
        String offeringId,

        @Nullable HourlyPrice price,
        @Nullable HourlyPrice pricePerGpu,
        @Nullable Double probability,
        @Nullable String basis) {

    static Cause of(Reason reason, Offering offering) {
        return of(reason, offering, null);
    }

    static Cause of(Reason reason, Offering offering, BidOutlook.@Nullable Outlook outlook) {
        return new Cause(
                reason,
                offering.id(),
                offering.billedPrice(),
                perGpu(offering),
                outlook == null ? null : outlook.probability(),
                outlook == null ? null : outlook.basis());
    }

    static Cause gone(String offeringId) {
        return new Cause(Reason.WITHDRAWN, offeringId, null, null, null, null);
    }

    static @Nullable HourlyPrice perGpu(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? null : offering.billedPrice().dividedBy(gpu.count());
    }
}
