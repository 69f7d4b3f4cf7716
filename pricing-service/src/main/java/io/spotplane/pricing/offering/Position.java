package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.page.PageToken;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order of offerings.
 *
 * @param micros the sort amount, in millionths of the currency
 * @param vcpu virtual CPUs, of which more come first among equals
 * @param instanceType decides among those with as many
 * @param id the offering, which decides at last
 */
record Position(long micros, int vcpu, String instanceType, String id) implements Comparable<Position> {

    /** Before everything. */
    static final Position START = new Position(-1, Integer.MAX_VALUE, "", "");

    private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::micros)
            .thenComparing(Position::vcpu, Comparator.reverseOrder())
            .thenComparing(Position::instanceType)
            .thenComparing(Position::id);

    private static final int PARTS = 4;

    /** The place of {@code offering} where it goes by {@code micros}. */
    static Position of(long micros, Offering offering) {
        return new Position(micros, offering.vcpu(), offering.instanceType(), offering.id());
    }

    /** Which of two offerings with the same sort amount comes first. */
    static int amongEquals(Offering one, Offering other) {
        int bySize = Integer.compare(other.vcpu(), one.vcpu());
        if (bySize != 0) {
            return bySize;
        }
        int byName = one.instanceType().compareTo(other.instanceType());
        return byName != 0 ? byName : one.id().compareTo(other.id());
    }

    /** The place in {@code pageToken}, which must belong to {@code query}; the start when there is none. */
    static Position in(@Nullable String pageToken, OfferingQuery query) {
        var parts = PageToken.positionIn(pageToken, query.fingerprint(), PARTS);
        return parts == null ? START : read(parts);
    }

    private static Position read(List<String> parts) {
        try {
            return new Position(
                    Long.parseLong(parts.get(0)), Integer.parseInt(parts.get(1)), parts.get(2), parts.get(3));
        } catch (NumberFormatException notANumber) {
            throw PageToken.refused("INVALID", "it is not a page token of this list; start again without one");
        }
    }

    /** The token that goes on after this place. */
    String asToken(OfferingQuery query) {
        return new PageToken(
                        query.fingerprint(), List.of(Long.toString(micros), Integer.toString(vcpu), instanceType, id))
                .encoded();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
