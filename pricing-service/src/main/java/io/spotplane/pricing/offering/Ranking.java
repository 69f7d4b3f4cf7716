package io.spotplane.pricing.offering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A page of the best scores among everything that a query wants. Weights are anybody's, so no order is ready made: each match is scored, and only
 * a page is kept.
 *
 * @param items best first
 * @param more position of the last item when there are more; null at the end
 * @param leftOut how many matches have no score
 * @param asked the markets that were asked, with the version of what they showed
 */
record Ranking(List<Scored> items, @Nullable ScoredPosition more, int leftOut, List<Storefront.MarketState> asked) {

    /** Collects a ranking, match by match. */
    static final class Collecting {

        private final CostScore score;
        private final @Nullable ScoredPosition after;
        private final int limit;
        private final PriorityQueue<Scored> best =
                new PriorityQueue<>(Comparator.comparing(Scored::position, Comparator.reverseOrder()));
        private int leftOut;

        Collecting(CostScore score, @Nullable ScoredPosition after, int limit) {
            this.score = score;
            this.after = after;
            this.limit = limit;
        }

        void add(Storefront.Found found) {
            var fraction = score.of(found.offering());
            if (fraction == null) {
                leftOut++;
                return;
            }
            var position = new ScoredPosition(fraction, found.offering().id());
            if (after == null || position.compareTo(after) > 0) {
                keep(new Scored(position, found));
            }
        }

        /** One more than the page, to know whether there is more. */
        private void keep(Scored scored) {
            best.add(scored);
            if (best.size() > limit + 1) {
                best.remove();
            }
        }

        Ranking done(List<Storefront.MarketState> asked) {
            var items = new ArrayList<>(best);
            items.sort(Comparator.comparing(Scored::position));
            boolean more = items.size() > limit;
            var page = more ? items.subList(0, limit) : items;
            return new Ranking(List.copyOf(page), more ? page.getLast().position() : null, leftOut, asked);
        }
    }

    /** A match and where it stands. */
    record Scored(ScoredPosition position, Storefront.Found found) {}
}
