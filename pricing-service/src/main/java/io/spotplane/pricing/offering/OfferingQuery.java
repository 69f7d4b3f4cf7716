package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.pricing.page.PageToken;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for. Values of one filter are alternatives, filters add up; an empty filter wants anything.
 *
 * @param gpus GPU models, families ({@code H100}) or aliases
 * @param gpuCount GPUs of the machine, exactly; null for any
 * @param minGpuMemoryGiB least memory of each GPU, in GiB
 * @param minVcpu least virtual CPUs
 * @param maxVcpu most virtual CPUs
 * @param minMemoryMiB least memory of the machine
 * @param machineClasses classes or families of machines, such as {@code gp} and {@code p5}; see {@link MachineFamily}
 * @param generations generations of machines; bare metal whose name has none is wanted whatever is asked
 * @param regions the providers' region names
 * @param providers provider names
 * @param capacityType spot or on demand; null for both
 * @param maxPricePerHour most that the whole machine may be billed for an hour, in the service's currency; null for any
 * @param maxPricePerGpu most that each of its GPUs may be billed for an hour, which leaves machines without GPUs out; null for any
 * @param minAvailability least stock hint; {@code UNKNOWN} for any
 * @param minConfidence how much the hint must at least be worth; null for any, also for none
 * @param sort the order
 */
public record OfferingQuery(
        Set<String> gpus,
        @Nullable Integer gpuCount,
        int minGpuMemoryGiB,
        int minVcpu,
        int maxVcpu,
        long minMemoryMiB,
        Set<String> machineClasses,
        Set<Integer> generations,
        Set<String> regions,
        Set<String> providers,
        @Nullable CapacityType capacityType,
        @Nullable BigDecimal maxPricePerHour,
        @Nullable BigDecimal maxPricePerGpu,
        Availability minAvailability,
        @Nullable Confidence minConfidence,
        Sort sort) {

    public OfferingQuery {
        gpus = Set.copyOf(gpus);
        machineClasses = machineClasses.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        generations = Set.copyOf(generations);
        regions = Set.copyOf(regions);
        providers = Set.copyOf(providers);
    }

    boolean wantsProvider(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }

    boolean wantsGeneration(int generationOrMark) {
        return generationOrMark == MachineFamily.BARE_METAL_ONLY || generations.contains(generationOrMark);
    }

    /** The most that offerings may cost by the amount of {@code order}, in millionths. */
    long most(Sort order) {
        var cap = order == Sort.PRICE ? maxPricePerHour : maxPricePerGpu;
        return cap == null ? Long.MAX_VALUE : Sort.micros(cap);
    }

    /** The same for two queries if and only if they ask the same in the same order. */
    String fingerprint() {
        return PageToken.fingerprint(List.of(
                        sorted(gpus),
                        String.valueOf(gpuCount),
                        minGpuMemoryGiB,
                        minVcpu,
                        maxVcpu,
                        minMemoryMiB,
                        sorted(machineClasses),
                        sorted(generations),
                        sorted(regions),
                        sorted(providers),
                        String.valueOf(capacityType),
                        most(Sort.PRICE),
                        most(Sort.PRICE_PER_GPU),
                        minAvailability,
                        String.valueOf(minConfidence),
                        sort)
                .toString());
    }

    private static <T> Set<T> sorted(Set<T> values) {
        return new TreeSet<>(values);
    }
}
