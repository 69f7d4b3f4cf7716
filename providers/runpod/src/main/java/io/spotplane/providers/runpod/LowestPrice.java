package io.spotplane.providers.runpod;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * RunPod's {@code lowestPrice} of a GPU type for a tier and a number of GPUs.
 *
 * @param minimumBidPrice least bid for one GPU of a spot pod, US dollars an hour; null when there is none
 * @param uninterruptablePrice price of one GPU on demand, US dollars an hour; null when there is none
 * @param minVcpu virtual CPUs of the pod, at least
 * @param minMemory memory of the pod in GB, at least
 * @param stockStatus {@code High}, {@code Medium}, {@code Low}, {@code None} or null; no promise
 */
record LowestPrice(
        @Nullable BigDecimal minimumBidPrice,
        @Nullable BigDecimal uninterruptablePrice,
        @Nullable Integer minVcpu,
        @Nullable Integer minMemory,
        @Nullable String stockStatus) {}
