package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The machine of a server class.
 *
 * @param vcpu CPUs; 0 when not told
 * @param memoryMiB memory; 0 when not told
 * @param gpu its GPUs; null for a class without
 */
record Hardware(int vcpu, long memoryMiB, @Nullable Gpu gpu) {

    private static final Pattern CPU = Pattern.compile("\\d{1,5}(?:\\.\\d{1,3})?");
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,6})?)\\s*(MB|MIB|GB|GIB|G|TB|TIB)?");
    private static final Pattern COUNT = Pattern.compile("(?:^|\\D)(\\d{1,2})\\s*x(?:\\s|$)", Pattern.CASE_INSENSITIVE);
    private static final String GPU_CATEGORY = "GPU";
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /**
     * @param cpu such as {@code 24}
     * @param memory such as {@code 3.75GB} or {@code 1TB}
     * @param gpus how many the API says; missing in the feed
     * @param category such as {@code GPU}
     * @param words display name and description, which name the model: {@code GPU A30 Virtual Server}
     */
    static Optional<Hardware> of(JsonNode cpu, JsonNode memory, JsonNode gpus, String category, String words) {
        var vcpu = vcpu(Documents.text(cpu));
        var memoryMiB = memoryMiB(Documents.text(memory));
        return vcpu.isEmpty() || memoryMiB.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hardware(vcpu.get(), memoryMiB.get(), gpu(gpus, category, words)));
    }

    int gpus() {
        return gpu == null ? 0 : gpu.count();
    }

    private static Optional<Integer> vcpu(String text) {
        return text.isEmpty()
                ? Optional.of(0)
                : Optional.of(text)
                        .filter(number -> CPU.matcher(number).matches())
                        .map(number -> new BigDecimal(number).intValue());
    }

    private static Optional<Long> memoryMiB(String text) {
        if (text.isEmpty()) {
            return Optional.of(0L);
        }
        var parts = MEMORY.matcher(text.strip().toUpperCase(Locale.ROOT));
        return parts.matches()
                ? Optional.of(new BigDecimal(parts.group(1))
                        .multiply(mebibytes(parts.group(2)))
                        .longValue())
                : Optional.empty();
    }

    private static BigDecimal mebibytes(@Nullable String unit) {
        return switch (unit) {
            case "MB", "MIB" -> BigDecimal.ONE;
            case "TB", "TIB" -> KIBI.multiply(KIBI);
            case null, default -> KIBI;
        };
    }

    /** The count is the API's, else the first {@code 2x} in the words, else one in the category of GPUs. */
    private static @Nullable Gpu gpu(JsonNode gpus, String category, String words) {
        var counted = Documents.count(gpus).orElseGet(() -> category.equalsIgnoreCase(GPU_CATEGORY) ? count(words) : 0);
        if (counted == 0) {
            return null;
        }
        var model = model(words);
        return new Gpu(model, counted, GpuModels.memoryGiB(model));
    }

    private static int count(String words) {
        var count = COUNT.matcher(words);
        return count.find() ? Math.max(1, Integer.parseInt(count.group(1))) : 1;
    }

    /** The first word that is a known model; else the word behind "GPU", so that a new one is for sale under its own name. */
    private static String model(String words) {
        var each = words.strip().split("[\\s,]+");
        return Arrays.stream(each)
                .filter(word -> GpuModels.memoryGiB(word) > 0 || GpuModels.isFamily(word))
                .findFirst()
                .map(GpuModels::canonical)
                .orElseGet(() -> behindGpu(each));
    }

    private static String behindGpu(String[] words) {
        return Arrays.stream(words)
                .dropWhile(word -> !word.equalsIgnoreCase(GPU_CATEGORY))
                .skip(1)
                .findFirst()
                .map(GpuModels::canonical)
                .orElse("UNKNOWN");
    }
}
