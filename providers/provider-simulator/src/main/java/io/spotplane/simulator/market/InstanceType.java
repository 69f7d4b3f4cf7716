package io.spotplane.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 instance type.
 *
 * @param gpu      null for a type without
 * @param onDemand US dollars an hour in us-east-1
 * @param savings  mean saving of spot in percent, by region; a region that is missing does not sell the type as spot
 */
public record InstanceType(
        String name,
        int vcpus,
        long memoryMib,
        String architecture,
        @Nullable Gpu gpu,
        BigDecimal onDemand,
        Map<String, Integer> savings) {

    /** The GPUs of a type. */
    public record Gpu(String manufacturer, String name, int count, long memoryMib) {}

    public InstanceType {
        savings = Map.copyOf(savings);
    }

    /** The mean spot price in a region; empty where it is not sold. */
    public Optional<BigDecimal> meanSpot(String region) {
        return Optional.ofNullable(savings.get(region))
                .map(saving -> onDemand.multiply(BigDecimal.valueOf(100L - saving))
                        .divide(BigDecimal.valueOf(100), 6, RoundingMode.HALF_UP));
    }

    /** The GPU's name; empty for a type without. */
    public String gpuName() {
        return gpu == null ? "" : gpu.name();
    }
}
