package io.spotplane.pricing.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is set for, as it was checked and is kept. Never changes: another line is another alert.
 *
 * @param name for people; null for none
 * @param kind which of the rest there is
 * @param offeringId the one offering it is about; null when it is about all that {@code query} wants
 * @param query the offerings that a threshold is about; null when it is about one
 * @param below a threshold's line: at or below it is told of; null for {@code above}
 * @param above a threshold's line: at or above it is told of; null for {@code below}
 * @param basis what the line is about
 * @param bid what was bid for an hour of the whole machine; null for thresholds
 * @param horizon how soon the bid's end is a matter; null for thresholds
 * @param probability from which chance on it is told of, 0 to 1; null for thresholds
 * @param rearmPercent by how much of the line a price must leave it before it can be told of again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlertDefinition(
        @Nullable String name,
        Kind kind,
        @Nullable String offeringId,
        @Nullable AlertQuery query,
        @Nullable HourlyPrice below,
        @Nullable HourlyPrice above,
        Basis basis,
        @Nullable HourlyPrice bid,
        @Nullable Duration horizon,
        @Schema(example = "0.2") @Nullable BigDecimal probability,
        @Schema(example = "2") BigDecimal rearmPercent) {

    /** The line, or the bid. */
    HourlyPrice limit() {
        var line = below != null ? below : above != null ? above : bid;
        if (line == null) {
            throw new IllegalStateException("an alert of kind " + kind + " without a line");
        }
        return line;
    }
}
