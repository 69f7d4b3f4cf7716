package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An offering's past without holes: stretches that follow each other from the beginning of a span to its end. A price is in force from the
 * moment at which its change was learnt to that of the next, for as long as the market was seen.
 *
 * @param span the time
 * @param currency of all amounts
 * @param changes how many changes it saw
 * @param stretches in order, without holes and overlaps
 */
record Timeline(Span span, String currency, int changes, List<Stretch> stretches) {

    Timeline {
        stretches = List.copyOf(stretches);
    }

    /**
     * @param known the last that was known before {@code span}, and everything within, in order of time
     * @param gaps in order of time
     */
    static Timeline of(Span span, String currency, List<Known> known, List<Known.Gap> gaps) {
        var drawing = new Drawing(span, gaps);
        known.forEach(drawing::add);
        return new Timeline(span, currency, drawing.changes, drawing.finish());
    }

    /** Goes along the time once, with what was last known in hand. */
    private static final class Drawing {

        private final Span span;
        private final List<Known.Gap> gaps;
        private final List<Stretch> stretches = new ArrayList<>();
        private BiFunction<Instant, Instant, Stretch> inForce = Stretch.Unseen::new;
        private Instant reached;
        private int nextGap;
        private int changes;

        Drawing(Span span, List<Known.Gap> gaps) {
            this.span = span;
            this.gaps = gaps;
            this.reached = span.from();
        }

        void add(Known known) {
            switch (known) {
                case Known.Change(var at, var amount) -> change(at, amount);
                case Known.Day(var day) -> day(day);
            }
        }

        private void change(Instant at, @Nullable BigDecimal amount) {
            drawUntil(at);
            changes += at.isBefore(span.from()) ? 0 : 1;
            inForce = state(amount);
        }

        private void day(CondensedDay day) {
            drawUntil(day.begin());
            var end = earlier(day.end(), span.to());
            if (reached.isBefore(end)) {
                stretches.add(new Stretch.Condensed(reached, end, day));
                reached = end;
                changes += day.changes();
            }
            inForce = state(day.closed());
        }

        private static BiFunction<Instant, Instant, Stretch> state(@Nullable BigDecimal amount) {
            return amount == null ? Stretch.Absent::new : (since, until) -> new Stretch.Sold(since, until, amount);
        }

        private List<Stretch> finish() {
            drawUntil(span.to());
            return stretches;
        }

        private void drawUntil(Instant moment) {
            var end = earlier(moment, span.to());
            while (reached.isBefore(end)) {
                var gap = gapAfterReached();
                if (gap == null || !gap.since().isBefore(end)) {
                    draw(inForce, end);
                } else {
                    draw(inForce, gap.since());
                    draw(Stretch.Unseen::new, earlier(gap.until(), end));
                }
            }
        }

        /** The first gap that does not lie behind. */
        private Known.@Nullable Gap gapAfterReached() {
            while (nextGap < gaps.size() && !gaps.get(nextGap).until().isAfter(reached)) {
                nextGap++;
            }
            return nextGap < gaps.size() ? gaps.get(nextGap) : null;
        }

        private void draw(BiFunction<Instant, Instant, Stretch> state, Instant until) {
            if (reached.isBefore(until)) {
                stretches.add(state.apply(reached, until));
                reached = until;
            }
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }
}
