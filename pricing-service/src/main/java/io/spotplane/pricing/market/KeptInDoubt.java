package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A believed sweep, together with what stays for sale although its row of the sweep made no sense: one blip of a feed is no withdrawal. Such an offering
 * keeps its last good price, marked stale, until no sweep has confirmed it for too long.
 *
 * @param forSale everything for sale, by id
 * @param confirmedAt those that stay in doubt, with the time at which a sweep last confirmed them
 */
record KeptInDoubt(Map<String, Offering> forSale, Map<String, Instant> confirmedAt) {

    /**
     * @param inspected the sweep
     * @param before what was for sale
     * @param report how the market was doing, which says when each of that was confirmed
     * @param doubtFor how long an offering may go unconfirmed
     */
    static KeptInDoubt of(
            Quarantine.Inspected inspected,
            Map<String, Offering> before,
            MarketReport report,
            Duration doubtFor,
            Instant now) {
        var confirmedAt = new HashMap<String, Instant>();
        for (var id : inspected.doubted()) {
            var confirmed = report.confirmedAt(id);
            if (before.containsKey(id)
                    && !inspected.believed().containsKey(id)
                    && confirmed != null
                    && confirmed.plus(doubtFor).isAfter(now)) {
                confirmedAt.put(id, confirmed);
            }
        }
        if (confirmedAt.isEmpty()) {
            return new KeptInDoubt(inspected.believed(), confirmedAt);
        }
        var forSale = new HashMap<>(inspected.believed());
        confirmedAt.keySet().forEach(id -> forSale.put(id, before.get(id)));
        return new KeptInDoubt(forSale, confirmedAt);
    }
}
