package io.spotplane.pricing.history;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offering's past, ready to be drawn: equal steps of time, each with what was in force in it.
 *
 * @param offeringId the offering
 * @param from beginning of the first point
 * @param to end of the last point
 * @param step length of a point
 * @param currency of all amounts
 * @param per what they are for: an hour
 * @param points in order of time
 */
record PriceChart(
        @Schema(example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
        String offeringId,

        Instant from,
        Instant to,
        @Schema(example = "PT3H36M") Duration step,
        @Schema(example = "USD") String currency,
        @Schema(example = "hour") String per,
        List<Point> points) {

    /** {@code timeline} in {@code count} points. */
    static PriceChart of(String offeringId, Timeline timeline, int count) {
        var span = timeline.span();
        return new PriceChart(
                offeringId,
                span.from(),
                span.to(),
                span.length().dividedBy(count),
                timeline.currency(),
                "hour",
                new Drawing(timeline, count).points());
    }

    /**
     * One step.
     *
     * @param at its beginning
     * @param state whether there is anything to draw
     * @param low least price in force; null when there was none
     * @param high highest price in force; null when there was none
     * @param mean average price by time; null when there was none
     * @param last price in force at the end of the last stretch in which it was for sale; null when there was none
     * @param forSale share of the step in which it was for sale, of the time in which the market was seen; null when it was not
     * @param observed share of the step in which the market was seen
     * @param condensed whether it rests on days of which only is kept what their changes came to
     */
    record Point(
            Instant at,
            State state,

            @Schema(example = "0.241800") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal low,

            @Schema(example = "0.244100") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal high,

            @Schema(example = "0.242900") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal mean,

            @Schema(example = "0.244100") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal last,

            @Schema(
                    description = "Of the time in which the market was seen; null when it was not",
                    example = "1.000000")
            @Nullable
            BigDecimal forSale,

            @Schema(description = "Share of the step in which the market was seen", example = "1.000000")
            BigDecimal observed,

            @Schema(description = "Whether only is kept what a day's changes came to")
            boolean condensed) {}

    /** What there is to draw in a step. */
    enum State {
        /** It was for sale, at least for a while. */
        FOR_SALE,
        /** The market was seen and did not sell it. */
        NOT_FOR_SALE,
        /** Nobody looked. This is not the same as a price that stayed. */
        NOT_OBSERVED
    }

    /** Goes along the timeline and its steps together, so that the work is their sum. */
    private static final class Drawing {

        private final Timeline timeline;
        private final int count;
        private final long length;
        private final List<Point> points;
        private int at;

        Drawing(Timeline timeline, int count) {
            this.timeline = timeline;
            this.count = count;
            this.length = Stretch.microsBetween(
                    timeline.span().from(), timeline.span().to());
            this.points = new ArrayList<>(count);
        }

        List<Point> points() {
            for (int step = 0; step < count; step++) {
                points.add(point(border(step), border(step + 1)));
            }
            return points;
        }

        /** Whole microseconds; the steps differ by one at most. */
        private Instant border(int step) {
            var micros = length * step / count;
            return timeline.span().from().plusNanos(micros * 1_000);
        }

        private Point point(Instant begin, Instant end) {
            var seen = new Distribution();
            var condensed = false;
            BigDecimal last = null;
            for (var stretches = timeline.stretches(); at < stretches.size(); at++) {
                var stretch = stretches.get(at);
                if (!stretch.since().isBefore(end)) {
                    break;
                }
                seen.add(stretch.within(begin, end));
                condensed |= stretch instanceof Stretch.Condensed;
                last = lastOf(stretch, last);
                if (stretch.until().isAfter(end)) {
                    break;
                }
            }
            return new Point(
                    begin,
                    stateOf(seen),
                    seen.lowest(),
                    seen.highest(),
                    seen.mean(),
                    seen.everSold() ? last : null,
                    seen.soldShare(),
                    seen.seenShare(),
                    condensed);
        }

        private static @Nullable BigDecimal lastOf(Stretch stretch, @Nullable BigDecimal before) {
            return switch (stretch) {
                case Stretch.Sold sold -> sold.amount();
                case Stretch.Condensed part -> part.day().closed();
                case Stretch.Absent _, Stretch.Unseen _ -> before;
            };
        }

        private static State stateOf(Distribution seen) {
            if (seen.everSold()) {
                return State.FOR_SALE;
            }
            return seen.soldShare() == null ? State.NOT_OBSERVED : State.NOT_FOR_SALE;
        }
    }
}
