package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which GPU a row means. Lists shorten ({@code RTX3060} for a 3060 Ti, {@code H100} for three products), so that a type whose name tells the product goes first, then the
 * column with the memory, then the column with the form in the type's name; what still stands for several products keeps the family's name.
 */
final class ListedGpu {

    private static final Pattern FORM = Pattern.compile("sxm|pcie|nvl(?!ink)");

    private ListedGpu() {}

    /**
     * @param name the accelerator column
     * @param count how many
     * @param gpuInfo the memory column
     * @param type the machine type
     */
    static Gpu of(String name, int count, String gpuInfo, String type) {
        var memory = GpuMemory.of(gpuInfo, count);
        var model = GpuModels.ofMachine(type).orElseGet(() -> model(name, memory, type));
        return new Gpu(model, count, memory.of(model));
    }

    private static String model(String name, GpuMemory memory, String type) {
        var bySize = memory.readings().stream()
                .map(size -> GpuModels.canonical(name, size))
                .filter(model -> !GpuModels.isFamily(model))
                .distinct()
                .toList();
        return bySize.size() == 1 ? bySize.getFirst() : byForm(name, type);
    }

    private static String byForm(String name, String type) {
        var form = FORM.matcher(type.toLowerCase(Locale.ROOT));
        return GpuModels.isFamily(name) && form.find()
                ? GpuModels.canonical(name + " " + form.group())
                : GpuModels.canonical(name);
    }
}
