package io.spotplane.contracts.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host aggregate and its members.
 *
 * @param aggregateId {@code <cloud>:<Nova aggregate id>}
 * @param cloud the OpenStack cloud's name in the settings
 * @param name such as {@code H100-n3-spot}
 * @param gpuModel canonical GPU model read from its name or metadata; null when it has none
 * @param pool what the aggregate is for: {@code ON_DEMAND}, {@code SPOT}, {@code RUNPOD}, {@code CONTRACT}, {@code OUT_OF_STOCK}, {@code OTHER}
 * @param hosts ids of its hosts
 * @param observedAt when the sweep ended
 */
public record AggregateObserved(
        String aggregateId,
        String cloud,
        String name,
        @Nullable String gpuModel,
        String pool,
        List<String> hosts,
        Instant observedAt) {}
