package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.GpuModels;

/**
 * The name of a GPU as it is for sale, looked up in the reviewed table once.
 *
 * @param model canonical name; empty for a machine without GPUs
 * @param family the family that it belongs to
 */
record GpuName(String model, String family) implements Comparable<GpuName> {

    private static final GpuName NO_GPU = new GpuName("", "");

    static GpuName of(String model) {
        return model.isEmpty() ? NO_GPU : new GpuName(GpuModels.canonical(model), GpuModels.familyOf(model));
    }

    @Override
    public int compareTo(GpuName other) {
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : model.compareTo(other.model);
    }
}
