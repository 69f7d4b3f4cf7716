package io.spotplane.contracts.vocabulary;

/**
 * The GPUs of one machine.
 *
 * @param model canonical model name, such as {@code H100-SXM}, {@code A100-80GB}, {@code L4}
 * @param count at least 1
 * @param memoryGiB memory of one GPU, in GiB; 0 when the provider does not say
 */
public record Gpu(String model, int count, int memoryGiB) {
    public Gpu {
        if (model.isBlank()) {
            throw new IllegalArgumentException("gpu model is blank");
        }
        if (count < 1) {
            throw new IllegalArgumentException("gpu count is " + count + ", expected at least 1");
        }
    }
}
