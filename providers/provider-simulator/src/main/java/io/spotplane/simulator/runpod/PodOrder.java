package io.spotplane.simulator.runpod;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What was asked for, by either interface. {@code bidPerGpu} is null on demand. */
record PodOrder(
        String name,
        String image,
        String gpuTypeId,
        boolean secureCloud,
        int gpuCount,
        @Nullable BigDecimal bidPerGpu) {

    boolean spot() {
        return bidPerGpu != null;
    }
}
