package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import org.jspecify.annotations.Nullable;

/**
 * The hardware that is wanted: GPUs of a model, or a plain node of a size.
 *
 * @param gpuModel model or family name; null for a plain node
 * @param gpuCount GPUs of one machine, exactly; 0 for a plain node
 * @param minGpuMemoryGiB least memory of one GPU; 0 for any
 * @param minVcpu least virtual CPUs; 0 for any
 * @param minMemoryMiB least memory; 0 for any
 */
public record Shape(@Nullable String gpuModel, int gpuCount, int minGpuMemoryGiB, int minVcpu, long minMemoryMiB) {

    /** {@code count} GPUs of {@code model} with at least {@code minMemoryGiB} each. */
    public static Shape gpus(String model, int count, int minMemoryGiB) {
        return new Shape(model, count, minMemoryGiB, 0, 0);
    }

    /** A node without GPUs, at least so large. */
    public static Shape node(int minVcpu, long minMemoryMiB) {
        return new Shape(null, 0, 0, minVcpu, minMemoryMiB);
    }

    /** Whether a machine of {@code offering} has what is wanted. */
    public boolean fits(Offering offering) {
        return fitsGpus(offering) && offering.vcpu() >= minVcpu && offering.memoryMiB() >= minMemoryMiB;
    }

    private boolean fitsGpus(Offering offering) {
        var gpu = offering.gpu();
        if (gpuModel == null || gpu == null) {
            return gpuModel == null && gpu == null;
        }
        return gpu.count() == gpuCount
                && gpu.memoryGiB() >= minGpuMemoryGiB
                && GpuModels.matches(gpuModel, gpu.model());
    }
}
