package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep changes. An offering whose price, availability and machine stayed keeps the row that it had, with the time at which its
 * price became so, however often its provider stamps it anew: no history, no event, nothing to copy.
 *
 * @param offerings everything for sale after the sweep, by id
 * @param changes one for each offering that is not as it was, by id: neighbours lie beside each other in the book
 */
record SweepComparison(Map<String, Offering> offerings, List<Change> changes) {

    private static final Comparator<Change> BY_ID =
            Comparator.comparing(change -> change.offering().id());

    /**
     * @param before what was for sale
     * @param seen what a believed sweep saw
     * @param at when it ended
     */
    static SweepComparison between(Map<String, Offering> before, Map<String, Offering> seen, Instant at) {
        var settled = seen.values().parallelStream()
                .map(offering -> Settled.of(before.get(offering.id()), offering, at))
                .toList();
        var offerings = new HashMap<String, Offering>(seen.size() * 2);
        settled.forEach(row -> offerings.put(row.offering().id(), row.offering()));
        var gone = before.values().parallelStream()
                .filter(offering -> !seen.containsKey(offering.id()))
                .<Change>map(offering -> new Change.Withdrawn(offering, at));
        var changes = Stream.concat(settled.parallelStream().flatMap(Settled::changes), gone)
                .sorted(BY_ID)
                .toList();
        return new SweepComparison(offerings, changes);
    }

    /** An offering after the sweep, and what changed about it. */
    private record Settled(Offering offering, @Nullable Change change) {

        static Settled of(@Nullable Offering before, Offering seen, Instant at) {
            var change = Change.between(before, seen, at).orElse(null);
            return new Settled(change == null && before != null ? before : seen, change);
        }

        Stream<Change> changes() {
            return Stream.ofNullable(change);
        }
    }
}
