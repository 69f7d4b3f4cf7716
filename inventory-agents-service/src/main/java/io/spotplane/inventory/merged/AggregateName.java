package io.spotplane.inventory.merged;

import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What operators say by the name of an aggregate: {@code H100-n3-spot}, {@code A100-n3-NVLink}, {@code RTX-A6000-n3-runpod},
 * {@code Contract-Acme-8xH100}, {@code tempest-H100}. The patterns are those of the operators' former tool, except that a contract without a GPU
 * type has none (the tool guessed A100).
 *
 * @param pool what it is for
 * @param gpuModel canonical model; null when neither name nor metadata say one
 */
record AggregateName(Pool pool, @Nullable String gpuModel) {

    private static final Pattern GPU_POOL = Pattern.compile("^([A-Z0-9-]+)-n3(-NVLink)?(-spot|-runpod)?$");
    private static final Pattern CONTRACT = Pattern.compile("^[Cc]ontract-.+$");
    private static final Pattern GPU_INSIDE =
            Pattern.compile("(?<![A-Z0-9])((?:[ABH][1-3]00|GH200|L40S?|L4|A[46]000|A40|RTX-[A-Z0-9]+)"
                    + "(?:-(?:SXM\\d?|PCIe|NVL|\\d+GB))?)(?![A-Z0-9])|\\d+x([A-Za-z0-9]+)");
    private static final Pattern NOT_FOR_SALE = Pattern.compile("tempest|out-?of-?stock", Pattern.CASE_INSENSITIVE);

    /** Reads {@code name}; where it names no GPU, the metadata key {@code gpu} may. */
    static AggregateName read(String name, Map<String, String> metadata) {
        var gpuPool = GPU_POOL.matcher(name);
        if (NOT_FOR_SALE.matcher(name).find()) {
            return new AggregateName(Pool.OUT_OF_STOCK, modelIn(name, metadata));
        }
        if (gpuPool.matches()) {
            return new AggregateName(poolOf(gpuPool.group(3)), model(gpuPool.group(1), gpuPool.group(2) != null));
        }
        if (CONTRACT.matcher(name).matches()) {
            return new AggregateName(Pool.CONTRACT, modelIn(name, metadata));
        }
        return new AggregateName(Pool.OTHER, metadataModel(metadata));
    }

    private static Pool poolOf(@Nullable String suffix) {
        return switch (suffix) {
            case "-spot" -> Pool.SPOT;
            case "-runpod" -> Pool.RUNPOD;
            case null, default -> Pool.ON_DEMAND;
        };
    }

    /** With NVLink it is another product for some models ({@code H100 NVLink} is {@code H100-SXM}) and the same one for the others. */
    private static String model(String gpu, boolean nvlink) {
        var linked = GpuModels.canonical(gpu + " NVLink");
        return nvlink && !linked.toUpperCase(Locale.ROOT).contains("NVLINK") ? linked : GpuModels.canonical(gpu);
    }

    private static @Nullable String modelIn(String name, Map<String, String> metadata) {
        var gpu = GPU_INSIDE.matcher(name);
        return gpu.find()
                ? GpuModels.canonical(gpu.group(1) != null ? gpu.group(1) : gpu.group(2))
                : metadataModel(metadata);
    }

    private static @Nullable String metadataModel(Map<String, String> metadata) {
        var gpu = metadata.get("gpu");
        return gpu == null || gpu.isBlank() ? null : GpuModels.canonical(gpu);
    }
}
