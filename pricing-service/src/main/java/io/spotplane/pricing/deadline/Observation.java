package io.spotplane.pricing.deadline;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one who follows a plan sees.
 *
 * @param at when; now when absent
 * @param workLeft work still to do from the last saved state
 * @param holding what is held; nothing when absent
 * @param pools how each pool of the plan is doing
 */
record Observation(
        @Nullable Instant at,
        @Schema(example = "PT31H20M") @NotNull Duration workLeft,
        @Valid @Nullable Held holding,
        @NotNull @Size(max = NewDeadlinePlan.MOST_POOLS) List<@NotNull @Valid PoolNow> pools) {

    /**
     * A machine.
     *
     * @param kind what kind
     * @param pool the pool of a spot machine
     * @param startUpLeft time until it begins to work; none when absent
     */
    record Held(
            @NotNull Choice.Kind kind,
            @Nullable String pool,
            @Nullable Duration startUpLeft) {}

    /**
     * A pool.
     *
     * @param name how the plan calls it
     * @param up whether a machine can be had, or is kept
     * @param since since when that is so; just now when absent
     */
    record PoolNow(
            @NotNull String name,
            @NotNull Boolean up,
            @Nullable Instant since) {}
}
