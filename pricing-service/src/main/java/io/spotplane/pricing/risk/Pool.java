package io.spotplane.pricing.risk;

import io.spotplane.contracts.vocabulary.Offering;
import org.jspecify.annotations.Nullable;

/**
 * Capacity that comes and goes together: one machine type of one provider in one place.
 *
 * @param provider the provider's short name
 * @param region the provider's region
 * @param zone the provider's zone; null where there is none
 * @param instanceType the provider's own name of the type
 */
public record Pool(String provider, String region, @Nullable String zone, String instanceType) {

    /** The pool that {@code offering} is sold from. */
    public static Pool of(Offering offering) {
        return new Pool(offering.provider(), offering.region(), offering.zone(), offering.instanceType());
    }
}
