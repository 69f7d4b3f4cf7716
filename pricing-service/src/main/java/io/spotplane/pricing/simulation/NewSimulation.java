package io.spotplane.pricing.simulation;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.pricing.deadline.Movement;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a simulation.
 *
 * @param pools the traces to replay, each with its price
 * @param onDemandPrice what on demand costs
 * @param work time of work on a machine that runs
 * @param within time until the deadline
 * @param startUp time that each start pays for without progress
 * @param checkpointLoss most progress that a reclaim undoes; none when absent
 * @param movement whether a run may move between pools; {@code ONE_POOL}, each pool by itself, when absent
 * @param policies which; all when absent
 * @param learn how much of the beginning is learnt from and not replayed; a third when absent
 * @param windows how many starts are tried, drawn from {@code seed}; 10 when absent
 * @param seed draws the starts; 1 when absent
 */
record NewSimulation(
        @NotEmpty @Size(max = 5) List<@NotNull @Valid Pool> pools,
        @NotNull HourlyPrice onDemandPrice,
        @Schema(example = "PT48H") @NotNull Duration work,
        @Schema(example = "PT60H") @NotNull Duration within,
        @Schema(example = "PT12M") @NotNull Duration startUp,
        @Schema(example = "PT0S") @Nullable Duration checkpointLoss,
        @Nullable Movement movement,
        @Size(min = 1, max = 5) @Nullable List<@NotNull PolicyName> policies,
        @Schema(example = "P15D") @Nullable Duration learn,
        @Min(1) @Max(100) @Nullable Integer windows,
        @Nullable Long seed) {

    /**
     * A pool.
     *
     * @param traceId what it did
     * @param spotPrice what it costs
     */
    record Pool(@NotNull UUID traceId, @NotNull HourlyPrice spotPrice) {}
}
