package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/**
 * A machine type of EC2, as far as buying it needs to know.
 *
 * @param type such as {@code g6.xlarge}
 * @param vcpu virtual CPUs
 * @param memoryMiB memory
 * @param gpu its GPUs; null for none
 * @param saleable whether the adapter can boot it (x86_64, whole GPUs)
 * @param onDemand whether it is sold on demand
 */
record AwsMachine(
        String type, int vcpu, long memoryMiB, @Nullable Gpu gpu, boolean saleable, boolean onDemand) {

    private static final int MIB_PER_GIB = 1024;

    static AwsMachine from(InstanceTypeInfo info) {
        var devices = devices(info);
        return new AwsMachine(
                info.instanceTypeAsString(),
                info.vCpuInfo() == null ? 0 : info.vCpuInfo().defaultVCpus(),
                info.memoryInfo() == null ? 0 : info.memoryInfo().sizeInMiB(),
                devices.stream()
                        .findFirst()
                        .filter(AwsMachine::isWhole)
                        .map(AwsMachine::gpu)
                        .orElse(null),
                boots(info) && devices.stream().allMatch(AwsMachine::isWhole),
                info.supportedUsageClassesAsStrings().contains("on-demand"));
    }

    int gpus() {
        return gpu == null ? 0 : gpu.count();
    }

    private static List<GpuDeviceInfo> devices(InstanceTypeInfo info) {
        return info.gpuInfo() == null ? List.of() : info.gpuInfo().gpus();
    }

    /** The default image is for x86_64; a type that does not say is taken for one. */
    private static boolean boots(InstanceTypeInfo info) {
        return info.processorInfo() == null
                || info.processorInfo().supportedArchitecturesAsStrings().isEmpty()
                || info.processorInfo().supportedArchitecturesAsStrings().contains("x86_64");
    }

    /** Types such as {@code g6f} carry a slice of a GPU, which is not what a request for a GPU means. */
    private static boolean isWhole(GpuDeviceInfo device) {
        var share = device.gpuPartitionSize();
        return device.count() != null && device.count() >= 1 && (share == null || share >= 1);
    }

    private static Gpu gpu(GpuDeviceInfo device) {
        var memoryGiB = memoryGiB(device);
        return new Gpu(model(device.name(), memoryGiB), device.count(), memoryGiB);
    }

    private static int memoryGiB(GpuDeviceInfo device) {
        var memory = device.memoryInfo();
        return memory == null || memory.sizeInMiB() == null ? 0 : Math.round((float) memory.sizeInMiB() / MIB_PER_GIB);
    }

    /** EC2 says {@code H100}; all of its H100 machines (P5) carry the SXM form. */
    private static String model(String name, int memoryGiB) {
        var model = GpuModels.canonical(name, memoryGiB);
        return model.equals("H100") ? "H100-SXM" : model;
    }
}
