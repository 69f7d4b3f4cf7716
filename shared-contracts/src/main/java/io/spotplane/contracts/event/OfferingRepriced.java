package io.spotplane.contracts.event;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import org.jspecify.annotations.Nullable;

/**
 * An offering as it is for sale from now on.
 *
 * @param offering the state after the change
 * @param previousPrice the billed price before; null when the offering is new
 */
public record OfferingRepriced(Offering offering, @Nullable HourlyPrice previousPrice) {}
