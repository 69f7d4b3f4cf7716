package io.spotplane.pricing.recommendation;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one offering.
 *
 * @param offeringId which
 * @param reason why
 * @param number what the reason says about it; null where it says nothing
 * @param others the offerings that take its place; empty where there are none
 */
public record LeftOut(
        String offeringId,
        Reason reason,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        BigDecimal number,

        List<String> others) {

    LeftOut(String offeringId, Reason reason) {
        this(offeringId, reason, null, List.of());
    }

    LeftOut(String offeringId, Reason reason, BigDecimal number) {
        this(offeringId, reason, number, List.of());
    }
}
