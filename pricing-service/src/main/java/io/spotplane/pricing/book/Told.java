package io.spotplane.pricing.book;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What others were last told of an offering.
 *
 * @param offering as it was for sale; null when they were told that it is not
 * @param at when they were told
 */
public record Told(@Nullable Offering offering, Instant at) {}
