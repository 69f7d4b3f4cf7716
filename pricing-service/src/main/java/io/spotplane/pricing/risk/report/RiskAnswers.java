package io.spotplane.pricing.risk.report;

import io.spotplane.pricing.risk.hazard.Calibration;
import io.spotplane.pricing.risk.hazard.Togetherness;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the risk endpoints answer, beside {@link RiskOfPool}. */
interface RiskAnswers {

    /**
     * A page of pools.
     *
     * @param asOf when the model was learnt; null while it is the carried prior
     * @param unknownPool what is believed of a pool of which nothing at all is known
     * @param items pools of which something was observed, by name
     * @param nextPageToken for the next page; null at the end
     */
    record Pools(
            @Schema(description = "Null until something was learnt") @Nullable
            Instant asOf,

            @Schema(description = "What is believed of a pool of which nothing is known")
            RiskOfPool unknownPool,

            List<RiskOfPool> items,
            @Nullable String nextPageToken) {}

    /**
     * The chance that a machine lives on.
     *
     * @param offeringId from which offering
     * @param age how old it is
     * @param horizon how far ahead
     * @param probability the estimate
     * @param low lower end of the 90 % credible interval
     * @param high its upper end
     * @param hazardPerHour expected reclaims an hour, now
     * @param expectedLife how much of the next 30 days it is expected to live
     * @param basis what it rests on, in words
     */
    record SurvivalAnswer(
            @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
            String offeringId,

            @Schema(type = "string", example = "PT1H") Duration age,

            @Schema(type = "string", example = "PT24H") Duration horizon,

            @Schema(example = "0.71") double probability,
            @Schema(example = "0.6") double low,
            @Schema(example = "0.8") double high,

            @Schema(example = "0.021") double hazardPerHour,

            @Schema(type = "string", example = "PT93H") Duration expectedLife,

            @Schema(example = "3.9 reclaims in 412 hours of this pool")
            String basis) {}

    /**
     * How two offerings fail together.
     *
     * @param offeringIds the two
     * @param relation what their pools have to do with each other
     * @param lift how many times likelier one loses a machine while the other does; 1 when they are independent
     * @param occasions reclaims of one while the other had a machine
     * @param together how often both lost one within ten minutes
     * @param basis what it rests on, in words
     */
    record TogethernessAnswer(
            List<String> offeringIds,
            Togetherness.Kind relation,
            @Schema(example = "2.1") double lift,
            int occasions,
            int together,

            @Schema(example = "24 reclaims while the other had a machine, 5 of them together")
            String basis) {}

    /**
     * How good forecasts were.
     *
     * @param asOf when that was judged; null before the first time
     * @param basis what was judged, in words
     * @param calibration scores of the model, of one rate for each pool and of one for all, and the reliability curve
     */
    record CalibrationAnswer(
            @Nullable Instant asOf,

            @Schema(
                    example =
                            "1204 forecasts on own machines and recorded traces, each made from what was known before")
            String basis,

            Calibration calibration) {}
}
