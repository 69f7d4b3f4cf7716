package io.spotplane.pricing.history;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The levels that a price went through.
 *
 * @param offeringId the offering
 * @param from beginning of the window
 * @param to end of the window
 * @param segments in order of time; none when it never was for sale
 */
record PriceLevels(
        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
        String offeringId,

        Instant from,
        Instant to,
        List<Segment> segments) {

    /** Those of {@code timeline}. */
    static PriceLevels of(String offeringId, Timeline timeline) {
        var segments = new ArrayList<Segment>();
        var stretches = timeline.stretches().iterator();
        var next = stretches.hasNext() ? stretches.next() : null;
        for (var found : ChangePoints.in(timeline)) {
            var seen = new Distribution();
            while (next != null && next.since().isBefore(found.until())) {
                if (!next.since().isBefore(found.since())) {
                    seen.add(next);
                }
                next = stretches.hasNext() ? stretches.next() : null;
            }
            segments.add(Segment.of(found, seen, timeline.currency(), segments.isEmpty()));
        }
        return new PriceLevels(
                offeringId, timeline.span().from(), timeline.span().to(), List.copyOf(segments));
    }

    /**
     * A stretch at one level.
     *
     * @param since when it began
     * @param until when it ended
     * @param level average price by time
     * @param lowest least price in force
     * @param highest highest price in force
     * @param confidence how clearly it differs from the one before: 0.5 when it barely does, towards 1; null for the first
     */
    record Segment(
            Instant since,
            Instant until,
            HourlyPrice level,
            HourlyPrice lowest,
            HourlyPrice highest,

            @Schema(
                    description = "How clearly it differs from the one before, 0.5 to 1; null for the first",
                    example = "0.9310")
            @Nullable
            BigDecimal confidence) {

        private static Segment of(ChangePoints.Segment found, Distribution seen, String currency, boolean first) {
            return new Segment(
                    found.since(),
                    found.until(),
                    priced(seen.mean(), currency),
                    priced(seen.lowest(), currency),
                    priced(seen.highest(), currency),
                    first ? null : BigDecimal.valueOf(found.confidence()).setScale(4, RoundingMode.HALF_UP));
        }

        /** A segment was for sale. */
        private static HourlyPrice priced(@Nullable BigDecimal amount, String currency) {
            if (amount == null) {
                throw new IllegalStateException("a segment without time for sale");
            }
            return new HourlyPrice(amount, currency);
        }
    }
}
