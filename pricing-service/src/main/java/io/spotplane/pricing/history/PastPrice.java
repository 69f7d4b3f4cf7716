package io.spotplane.pricing.history;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * How an offering was for sale from one change to the next.
 *
 * @param price market price
 * @param billedPrice what was billed
 * @param availability the provider's stock hint
 * @param forSale false for the change that withdrew it; the price is then the last that it had
 * @param observedAt when the provider says that it became so
 * @param receivedAt when Spotplane learnt of it
 * @param source how it was learnt
 */
record PastPrice(
        HourlyPrice price,
        HourlyPrice billedPrice,
        Availability availability,

        @Schema(description = "False for the change that withdrew it")
        boolean forSale,

        Instant observedAt,
        Instant receivedAt,
        @Schema(example = "DescribeSpotPriceHistory") String source) {}
