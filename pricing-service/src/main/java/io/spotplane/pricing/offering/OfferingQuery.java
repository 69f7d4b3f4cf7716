package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.page.PageToken;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for. Values of one filter are alternatives, filters add up; an empty filter wants anything.
 *
 * @param gpus GPU models, families ({@code H100}) or aliases
 * @param gpuCount GPUs of the machine, exactly; null for any
 * @param minGpuMemoryGiB least memory of each GPU, in GiB
 * @param minVcpu least virtual CPUs
 * @param minMemoryMiB least memory of the machine, in MiB
 * @param regions the providers' region names
 * @param providers provider names
 * @param capacityType spot or on demand; null for both
 * @param maxPricePerHour most that the whole machine may be billed for an hour, in the service's currency; null for any
 * @param sort the order
 */
public record OfferingQuery(
        Set<String> gpus,
        @Nullable Integer gpuCount,
        int minGpuMemoryGiB,
        int minVcpu,
        long minMemoryMiB,
        Set<String> regions,
        Set<String> providers,
        @Nullable CapacityType capacityType,
        @Nullable BigDecimal maxPricePerHour,
        Sort sort) {

    public OfferingQuery {
        gpus = Set.copyOf(gpus);
        regions = Set.copyOf(regions);
        providers = Set.copyOf(providers);
    }

    boolean wantsProvider(String provider) {
        return providers.isEmpty() || providers.contains(provider);
    }

    boolean wantsGpu(String model) {
        return !model.isEmpty() && gpus.stream().anyMatch(wanted -> GpuModels.matches(wanted, model));
    }

    long maxMicros() {
        return maxPricePerHour == null ? Long.MAX_VALUE : Sort.micros(maxPricePerHour);
    }

    /** The limits that no bitmap answers. */
    boolean admits(Offering offering) {
        return offering.vcpu() >= minVcpu
                && offering.memoryMiB() >= minMemoryMiB
                && gpuMemoryGiB(offering) >= minGpuMemoryGiB
                && (sort == Sort.PRICE || Sort.PRICE.micros(offering) <= maxMicros());
    }

    private static int gpuMemoryGiB(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? 0 : gpu.memoryGiB();
    }

    /** The same for two queries if and only if they ask the same in the same order. */
    String fingerprint() {
        return PageToken.fingerprint(List.of(
                        sorted(gpus),
                        String.valueOf(gpuCount),
                        minGpuMemoryGiB,
                        minVcpu,
                        minMemoryMiB,
                        sorted(regions),
                        sorted(providers),
                        String.valueOf(capacityType),
                        maxMicros(),
                        sort)
                .toString());
    }

    private static Set<String> sorted(Set<String> values) {
        return new TreeSet<>(values);
    }
}
