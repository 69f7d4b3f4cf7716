package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep changes. An offering whose price, availability and machine stayed keeps the row that it had, with the time at which its
 * price became so, however often its provider stamps it anew: no history, no event, nothing to copy.
 *
 * @param offerings everything for sale after the sweep, by id
 * @param changes one for each offering that is not as it was, by id: neighbours lie beside each other in the book
 */
record SweepComparison(Map<String, Offering> offerings, List<Change> changes) {

    /**
     * @param before what was for sale
     * @param seen what a believed sweep saw
     * @param at when it ended
     */
    static SweepComparison between(Map<String, Offering> before, Map<String, Offering> seen, Instant at) {
        var offerings = new HashMap<String, Offering>(seen.size() * 2);
        var changes = new ArrayList<Change>();
        seen.forEach((id, offering) -> offerings.put(id, settle(before.get(id), offering, at, changes)));
        before.forEach((id, offering) -> {
            if (!seen.containsKey(id)) {
                changes.add(new Change.Withdrawn(offering, at));
            }
        });
        changes.sort(Comparator.comparing(change -> change.offering().id()));
        return new SweepComparison(offerings, changes);
    }

    private static Offering settle(@Nullable Offering before, Offering seen, Instant at, List<Change> changes) {
        var change = Change.between(before, seen, at);
        change.ifPresent(changes::add);
        return change.isEmpty() && before != null ? before : seen;
    }
}
