package io.spotplane.pricing.book;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import org.jspecify.annotations.Nullable;

/**
 * What an offering is, apart from what it costs and whether there is any: it hardly ever changes, and is kept aside so that a new price does not
 * write it again. The components are those of {@link Offering}.
 */
record Description(
        String region,
        @Nullable String zone,
        String instanceType,
        int vcpu,
        long memoryMiB,
        @Nullable Gpu gpu,
        CapacityType capacityType,
        @Nullable BidRules bidRules) {

    static Description of(Offering offering) {
        return new Description(
                offering.region(),
                offering.zone(),
                offering.instanceType(),
                offering.vcpu(),
                offering.memoryMiB(),
                offering.gpu(),
                offering.capacityType(),
                offering.bidRules());
    }

    /** Whether the book has another description than {@code change} brings, or none yet. */
    static boolean isNewIn(Change change) {
        return switch (change) {
            case Change.Listed listed -> true;
            case Change.Altered(var now, var before) -> !of(now).equals(of(before));
            case Change.Withdrawn withdrawn -> false;
        };
    }
}
