package io.spotplane.inventory.snapshot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the servers on one host hold.
 *
 * @param host the host's name
 * @param seenAt when the host answered
 * @param servers how many there are
 * @param gpuModel canonical model in their flavors; null when none carries GPUs
 * @param gpus GPUs that their flavors carry, summed
 */
public record GpuUse(
        String host, Instant seenAt, int servers, @Nullable String gpuModel, int gpus) {}
