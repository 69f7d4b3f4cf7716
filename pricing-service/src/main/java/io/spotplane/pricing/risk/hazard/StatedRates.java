package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.util.OptionalDouble;

/** What a provider itself says of its reclaims. */
@FunctionalInterface
public interface StatedRates {

    /** Nobody says anything. */
    StatedRates NONE = pool -> OptionalDouble.empty();

    /** The share of {@code pool}'s machines that is taken back within a month, as its provider states it; above 0 and below 1. */
    OptionalDouble monthlyShare(Pool pool);
}
