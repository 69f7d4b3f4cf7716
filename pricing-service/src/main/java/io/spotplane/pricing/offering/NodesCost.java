package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/**
 * What several nodes of one offering cost together, at its billed price of now.
 *
 * @param nodes how many
 * @param pricePerNode of each
 * @param pricePerHour of all
 * @param monthHours hours that a month is taken to have
 * @param pricePerMonth of all, for that many hours
 */
record NodesCost(
        @Schema(example = "5") int nodes,

        HourlyPrice pricePerNode,
        HourlyPrice pricePerHour,

        @Schema(description = "Hours that a month is taken to have", example = "730")
        int monthHours,

        Money pricePerMonth) {

    private static final int MONTH_HOURS = 730;

    static NodesCost of(int nodes, HourlyPrice billed) {
        var all = billed.forOneHour().times(BigDecimal.valueOf(nodes));
        return new NodesCost(
                nodes, billed, HourlyPrice.per(all), MONTH_HOURS, all.times(BigDecimal.valueOf(MONTH_HOURS)));
    }
}
