package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Offering;
import org.jspecify.annotations.Nullable;

/** What an offering says of its machine, with a value also where it says nothing. */
final class Facts {

    private static final int NOBODY_SAID = 0;

    private Facts() {}

    /** Empty for a machine without GPUs. */
    static String gpuModel(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? "" : gpu.model();
    }

    static int gpuCount(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? 0 : gpu.count();
    }

    static int gpuMemoryGiB(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? 0 : gpu.memoryGiB();
    }

    static int confidence(Offering offering) {
        return rank(offering.availabilityConfidence());
    }

    /** Its place among the confidences, the least being that nobody said anything. */
    static int rank(@Nullable Confidence confidence) {
        return confidence == null ? NOBODY_SAID : confidence.ordinal() + 1;
    }
}
