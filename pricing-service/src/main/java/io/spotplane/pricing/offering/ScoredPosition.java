package io.spotplane.pricing.offering;

import io.spotplane.pricing.page.PageToken;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a ranking.
 *
 * @param score what it goes by
 * @param id the offering, for the order among equals
 */
record ScoredPosition(CostScore.Fraction score, String id) implements Comparable<ScoredPosition> {

    private static final Comparator<ScoredPosition> ORDER =
            Comparator.comparing(ScoredPosition::score).thenComparing(ScoredPosition::id);
    private static final int PARTS = 3;

    /** The place in {@code pageToken}, which must belong to {@code question}; null at the start. */
    static @Nullable ScoredPosition in(@Nullable String pageToken, String question) {
        var parts = PageToken.positionIn(pageToken, question, PARTS);
        return parts == null ? null : read(parts);
    }

    private static ScoredPosition read(List<String> parts) {
        try {
            return new ScoredPosition(
                    new CostScore.Fraction(Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1))), parts.get(2));
        } catch (NumberFormatException notANumber) {
            throw PageToken.refused("INVALID", "it is not a page token of this list; start again without one");
        }
    }

    /** The token that goes on after this place. */
    String asToken(String question) {
        return new PageToken(question, List.of(Long.toString(score.above()), Long.toString(score.below()), id))
                .encoded();
    }

    @Override
    public int compareTo(ScoredPosition other) {
        return ORDER.compare(this, other);
    }
}
