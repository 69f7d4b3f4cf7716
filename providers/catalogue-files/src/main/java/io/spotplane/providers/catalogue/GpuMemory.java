package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the {@code GpuInfo} column says of memory. It is written as a Python literal, as JSON or as a mixture of both, so that only the two numbers are looked for.
 * Lists differ in what they mean: {@code SizeInMiB} is the memory of one GPU in most and of all together in some, and {@code TotalGpuMemoryInMiB} repeats it in both. Where the
 * row alone cannot tell, both readings are kept, and what is known of the model decides.
 *
 * @param readings possible memory of one GPU in GiB; none where the column says nothing
 */
record GpuMemory(List<Integer> readings) {

    private static final Pattern SIZE = Pattern.compile("\"?'?SizeInMiB'?\"?\\s*:\\s*(\\d{1,9})");
    private static final Pattern TOTAL = Pattern.compile("TotalGpuMemoryInMiB'?\"?\\s*:\\s*(\\d{1,9})");
    private static final double MIB_PER_GIB = 1024;

    /** Drivers keep some memory for themselves: a card of 48 GiB shows 45. */
    private static final double TOLERANCE = 0.1;

    static GpuMemory of(String gpuInfo, int count) {
        var size = number(SIZE, gpuInfo);
        var total = number(TOTAL, gpuInfo);
        var readings = count > 1 && size == total ? IntStream.of(size, size / count) : IntStream.of(size);
        return new GpuMemory(readings.filter(mib -> mib > 0)
                .map(mib -> (int) Math.round(mib / MIB_PER_GIB))
                .boxed()
                .toList());
    }

    /** Memory of one GPU of this model: as its maker states it where the row does not contradict; 0 where nobody knows. */
    int of(String model) {
        var stated = GpuModels.memoryGiB(model);
        if (stated > 0 && (readings.isEmpty() || readings.stream().anyMatch(read -> isAbout(read, stated)))) {
            return stated;
        }
        return readings.size() == 1 ? readings.getFirst() : 0;
    }

    private static boolean isAbout(int read, int stated) {
        return Math.abs(read - stated) <= stated * TOLERANCE;
    }

    private static int number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
