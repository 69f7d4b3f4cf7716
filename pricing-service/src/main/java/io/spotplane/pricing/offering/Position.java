package io.spotplane.pricing.offering;

import io.spotplane.pricing.page.PageToken;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order of offerings.
 *
 * @param micros the sort amount, in millionths of the currency
 * @param id the offering, for the order among equals
 */
record Position(long micros, String id) implements Comparable<Position> {

    /** Before everything. */
    static final Position START = new Position(-1, "");

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::micros).thenComparing(Position::id);

    /** The place in {@code pageToken}, which must belong to {@code query}; the start when there is none. */
    static Position in(@Nullable String pageToken, OfferingQuery query) {
        var parts = PageToken.positionIn(pageToken, query.fingerprint(), 2);
        return parts == null ? START : new Position(microsIn(parts.getFirst()), parts.getLast());
    }

    private static long microsIn(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw PageToken.refused("INVALID", "it is not a page token of this list; start again without one");
        }
    }

    /** The token that goes on after this place. */
    String asToken(OfferingQuery query) {
        return new PageToken(query.fingerprint(), List.of(Long.toString(micros), id)).encoded();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
