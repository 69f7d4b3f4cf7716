package io.spotplane.pricing.history;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param condensed what all changes of that day came to, of which this is the last; null while they are kept one by one
 */
record PastPrice(
        HourlyPrice price,
        HourlyPrice billedPrice,
        Availability availability,

        @Schema(description = "False for the change that withdrew it")
        boolean forSale,

        Instant observedAt,
        Instant receivedAt,
        @Schema(example = "DescribeSpotPriceHistory") String source,

        @Schema(
                description =
                        "What all changes of that day (UTC) came to, of which this is the last; null while changes are kept one by one")
        @Nullable
        Condensed condensed) {

    /**
     * A day of which only the last change is kept.
     *
     * @param changes how many there were
     * @param lowest least billed price in force that day; null when it was not for sale
     * @param highest highest billed price in force that day; null when it was not for sale
     * @param mean average billed price by time; null when it was not for sale
     */
    record Condensed(
            @Schema(example = "7") int changes,
            @Nullable HourlyPrice lowest,
            @Nullable HourlyPrice highest,
            @Nullable HourlyPrice mean) {}
}
