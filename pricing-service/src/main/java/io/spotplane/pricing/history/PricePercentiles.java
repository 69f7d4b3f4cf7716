package io.spotplane.pricing.history;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For how long an offering was to be had at which price.
 *
 * @param offeringId the offering
 * @param from beginning of the window
 * @param to end of the window
 * @param percentiles in the order in which they were asked for
 * @param mean average of the price in force; null when it never was for sale
 * @param lowest least price in force; null when it never was for sale
 * @param highest highest price in force; null when it never was for sale
 * @param forSale share of the time seen in which it was for sale; null when the market was never seen
 * @param observed share of the window in which the market was seen
 * @param changes changes within the window
 */
record PricePercentiles(
        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
        String offeringId,

        Instant from,
        Instant to,
        List<Percentile> percentiles,
        @Nullable HourlyPrice mean,
        @Nullable HourlyPrice lowest,
        @Nullable HourlyPrice highest,

        @Schema(description = "Share of the time seen in which it was for sale", example = "0.998200") @Nullable
        BigDecimal forSale,

        @Schema(description = "Share of the window in which the market was seen", example = "1.000000")
        BigDecimal observed,

        @Schema(example = "214") int changes) {

    /** Those of {@code timeline}. */
    static PricePercentiles of(String offeringId, Timeline timeline, List<BigDecimal> wanted) {
        var seen = Distribution.of(timeline);
        return new PricePercentiles(
                offeringId,
                timeline.span().from(),
                timeline.span().to(),
                wanted.stream()
                        .map(percent -> new Percentile(percent, priced(seen.percentile(percent), timeline)))
                        .toList(),
                priced(seen.mean(), timeline),
                priced(seen.lowest(), timeline),
                priced(seen.highest(), timeline),
                seen.soldShare(),
                seen.seenShare(),
                timeline.changes());
    }

    private static @Nullable HourlyPrice priced(@Nullable BigDecimal amount, Timeline timeline) {
        return amount == null ? null : new HourlyPrice(amount, timeline.currency());
    }

    /**
     * One of them.
     *
     * @param p of a hundred
     * @param price enough for {@code p} percent of the time for sale; null when it never was for sale
     */
    record Percentile(
            @Schema(example = "80") @JsonFormat(shape = JsonFormat.Shape.STRING)
            BigDecimal p,

            @Nullable HourlyPrice price) {}
}
