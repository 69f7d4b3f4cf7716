package io.spotplane.pricing.alert;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which offerings an alert is about. Values of one filter are alternatives, filters add up; what is absent or empty wants anything. The names
 * are those of the offerings list.
 *
 * @param gpu models, families or aliases
 * @param gpuCount GPUs of the machine, exactly
 * @param minGpuMemoryGiB least memory of each GPU
 * @param minVcpu least virtual CPUs
 * @param minMemoryMiB least memory of the machine
 * @param region the providers' region names
 * @param provider provider names
 * @param capacityType spot or on demand
 * @param classPrefix what the instance type begins with
 */
record AlertQuery(
        @Schema(example = "[\"L4\"]") @Nullable List<String> gpu,
        @Schema(example = "1") @Nullable Integer gpuCount,
        @Schema(example = "16") @Nullable Integer minGpuMemoryGiB,
        @Schema(example = "4") @Nullable Integer minVcpu,
        @Schema(example = "16384") @Nullable Long minMemoryMiB,
        @Schema(example = "[\"us-east-1\"]") @Nullable List<String> region,
        @Schema(example = "[\"aws\"]") @Nullable List<String> provider,
        @Schema(example = "SPOT") @Nullable CapacityType capacityType,
        @Schema(example = "[\"g6.\"]") @Nullable List<String> classPrefix) {

    /** The GPU names that are wanted, as {@link GpuModels#filedAs} files them; empty for any machine. */
    Set<String> filedGpus() {
        return all(gpu).stream().map(GpuModels::filedAs).collect(Collectors.toUnmodifiableSet());
    }

    static <T> List<T> all(@Nullable List<T> values) {
        return Objects.requireNonNullElse(values, List.of());
    }

    /** Whether any of its offerings can be sold by {@code name}. */
    boolean wantsProvider(String name) {
        return all(provider).isEmpty() || all(provider).contains(name);
    }

    /**
     * Whether it is about {@code offering}, whose GPU satisfies the wishes filed as {@code gpuNames}.
     *
     * @param filedGpus its {@link #filedGpus}, worked out once
     */
    boolean wants(Offering offering, Set<String> filedGpus, Set<String> gpuNames) {
        return (minVcpu == null || offering.vcpu() >= minVcpu)
                && (minMemoryMiB == null || offering.memoryMiB() >= minMemoryMiB)
                && (capacityType == null || capacityType == offering.capacityType())
                && wantsGpu(offering.gpu(), filedGpus, gpuNames)
                && wantsProvider(offering.provider())
                && (all(region).isEmpty() || all(region).contains(offering.region()))
                && (all(classPrefix).isEmpty()
                        || all(classPrefix).stream().anyMatch(offering.instanceType()::startsWith));
    }

    private boolean wantsGpu(@Nullable Gpu machine, Set<String> filedGpus, Set<String> gpuNames) {
        if (machine == null) {
            return filedGpus.isEmpty() && (gpuCount == null || gpuCount == 0) && minGpuMemoryGiB == null;
        }
        return (gpuCount == null || gpuCount == machine.count())
                && (minGpuMemoryGiB == null || machine.memoryGiB() >= minGpuMemoryGiB)
                && (filedGpus.isEmpty() || gpuNames.stream().anyMatch(filedGpus::contains));
    }
}
