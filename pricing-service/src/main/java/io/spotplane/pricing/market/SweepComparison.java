package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep changes. An offering whose price, availability and machine stayed keeps the row that it had, with the time at which its
 * price became so, however often its provider stamps it anew: no history, no event, nothing to copy.
 *
 * @param offerings everything for sale after the sweep, by id
 * @param changes one for each offering that is not as it was
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
        seen.forEach((id, offering) -> offerings.put(id, settle(before.get(id), offering, changes)));
        before.forEach((id, offering) -> {
            if (!seen.containsKey(id)) {
                changes.add(new Change.Withdrawn(offering, at));
            }
        });
        return new SweepComparison(offerings, changes);
    }

    private static Offering settle(@Nullable Offering before, Offering seen, List<Change> changes) {
        if (before == null) {
            changes.add(new Change.Listed(seen));
            return seen;
        }
        if (sameForBuyers(before, seen)) {
            return before;
        }
        changes.add(new Change.Altered(seen, before));
        return seen;
    }

    private static boolean sameForBuyers(Offering one, Offering other) {
        return same(one.price(), other.price())
                && same(one.billedPrice(), other.billedPrice())
                && one.availability() == other.availability()
                && one.availabilityConfidence() == other.availabilityConfidence()
                && Objects.equals(one.bidRules(), other.bidRules())
                && one.source().equals(other.source())
                && sameMachine(one, other);
    }

    /** 0.9 and 0.900000 are one price. */
    private static boolean same(HourlyPrice one, HourlyPrice other) {
        return one.currency().equals(other.currency()) && one.compareTo(other) == 0;
    }

    private static boolean sameMachine(Offering one, Offering other) {
        return one.vcpu() == other.vcpu()
                && one.memoryMiB() == other.memoryMiB()
                && one.capacityType() == other.capacityType()
                && one.instanceType().equals(other.instanceType())
                && one.region().equals(other.region())
                && Objects.equals(one.zone(), other.zone())
                && Objects.equals(one.gpu(), other.gpu());
    }
}
