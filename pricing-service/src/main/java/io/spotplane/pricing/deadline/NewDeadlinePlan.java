package io.spotplane.pricing.deadline;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a plan.
 *
 * @param work time of work on a machine that runs
 * @param deadline when everything must be done; this or {@code within}
 * @param within the same, counted from now
 * @param startUp time that each start pays for without progress: booting, loading, resuming
 * @param checkpointLoss most progress that a reclaim undoes; none when absent
 * @param pools where spot machines may be had; this or {@code find}
 * @param find which offerings are pools, by what is wanted
 * @param onDemandOfferingId the machine on demand to fall back on; the cheapest that {@code find} finds when absent
 * @param onDemandPrice its price, where it is no offering of ours
 * @param movement whether the work may move between pools; {@code FREE} when absent
 * @param maxSpotPrice dearer pools are left out
 * @param budget what the whole may cost; the answer says how likely that is kept
 * @param seed of the runs that the cost range is drawn from
 */
record NewDeadlinePlan(
        @Schema(example = "PT48H") @NotNull Duration work,
        @Schema(example = "2026-12-04T18:00:00Z") @Nullable Instant deadline,
        @Schema(example = "PT60H") @Nullable Duration within,
        @Schema(example = "PT12M") @NotNull Duration startUp,
        @Schema(example = "PT0S") @Nullable Duration checkpointLoss,
        @Size(max = MOST_POOLS) @Nullable List<@NotNull @Valid Pool> pools,
        @Valid @Nullable Find find,

        @Schema(example = "aws:us-west-2:-:p3.2xlarge.x1:on_demand") @Size(max = 200) @Nullable
        String onDemandOfferingId,

        @Nullable HourlyPrice onDemandPrice,
        @Nullable Movement movement,
        @Nullable HourlyPrice maxSpotPrice,
        @Nullable Money budget,
        @Nullable Long seed) {

    static final int MOST_POOLS = 5;
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}";

    /**
     * A pool.
     *
     * @param offeringId the spot offering; this, or a name and a price
     * @param name of a pool that is no offering of ours
     * @param spotPrice its price
     * @param traceId what it did until now, see {@code /v1/traces}; without, nothing is learnt about it
     * @param up whether a machine can be had now; as at the trace's end when absent, else as the offering says
     */
    record Pool(
            @Schema(example = "aws:us-west-2:us-west-2a:p3.2xlarge.x1:spot") @Size(max = 200) @Nullable
            String offeringId,

            @Pattern(regexp = NAME) @Nullable String name,
            @Nullable HourlyPrice spotPrice,
            @Nullable UUID traceId,
            @Nullable Boolean up) {}

    /**
     * What machines are wanted.
     *
     * @param gpu model, family or alias
     * @param gpuCount GPUs of the machine, exactly
     * @param providers provider names; any when empty or absent
     * @param regions region names; any when empty or absent
     */
    record Find(
            @Schema(example = "V100") @NotNull @Pattern(regexp = "[A-Za-z0-9 ._-]{1,64}")
            String gpu,

            @Schema(example = "1") @Min(1) @Max(1024) int gpuCount,
            @Size(max = 50) @Nullable List<@NotNull String> providers,
            @Size(max = 50) @Nullable List<@NotNull String> regions) {}
}
