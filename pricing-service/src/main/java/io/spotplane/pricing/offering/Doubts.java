package io.spotplane.pricing.offering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last believed sweep of a market left open.
 *
 * @param kept offerings that stay for sale although their row of that sweep made no sense, with the time at which a sweep last confirmed them. At
 *     most half of the market, because a sweep that confirms less is not believed
 * @param samples some of the rows that were left out, a few of each reason
 * @param unknownGpus GPU names that the reviewed table lacks, with the number of their offerings; a few
 */
public record Doubts(Map<String, Instant> kept, List<Sample> samples, Map<String, Integer> unknownGpus) {

    /** None at all. */
    public static final Doubts NONE = new Doubts(Map.of(), List.of(), Map.of());

    public Doubts {
        kept = Map.copyOf(kept);
        samples = List.copyOf(samples);
        unknownGpus = Map.copyOf(unknownGpus);
    }

    /** When the offering with this id was last confirmed; null when the last believed sweep did. */
    @Nullable
    Instant confirmedAt(String offeringId) {
        return kept.get(offeringId);
    }

    /**
     * A row that was left out.
     *
     * @param reason why, a stable code
     * @param row the row, shortened
     */
    public record Sample(String reason, String row) {}
}
