package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.function.ToLongFunction;

/** What a plan can be asked to have in total. */
public enum Resource {
    VCPU(Offering::vcpu),
    MEMORY_MIB(Offering::memoryMiB),
    GPUS(Resource::gpus);

    private final ToLongFunction<Offering> amount;

    Resource(ToLongFunction<Offering> amount) {
        this.amount = amount;
    }

    /** How much of it one machine has. */
    long of(Offering offering) {
        return amount.applyAsLong(offering);
    }

    static int gpus(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? 0 : gpu.count();
    }
}
