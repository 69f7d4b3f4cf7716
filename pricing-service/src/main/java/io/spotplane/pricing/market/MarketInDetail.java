package io.spotplane.pricing.market;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.spotplane.pricing.offering.Doubts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A market, with what its last believed sweep left open.
 *
 * @param market as in the list
 * @param rejectedSamples some of the rows that were left out, at most three of each reason
 * @param inDoubt how many offerings stay for sale, marked stale, although their row made no sense
 * @param inDoubtLongest some of them, those first that were not confirmed for longest
 * @param unknownGpus GPU names that the reviewed table lacks, with the number of their offerings; a few
 * @param rhythm how it is collected
 */
record MarketInDetail(
        @JsonUnwrapped MarketsController.Market market,

        List<Doubts.Sample> rejectedSamples,

        @Schema(description = "Offerings that stay for sale, marked stale, although their row made no sense")
        int inDoubt,

        List<InDoubt> inDoubtLongest,

        @Schema(description = "GPU names that the reviewed table lacks, with the number of their offerings")
        Map<String, Integer> unknownGpus,

        Rhythm rhythm) {

    private static final int MOST = 20;

    static MarketInDetail of(MarketsController.Market market, Doubts doubts, MarketSettings settings) {
        var longest = doubts.kept().entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
                .limit(MOST)
                .map(kept -> new InDoubt(kept.getKey(), kept.getValue()))
                .toList();
        return new MarketInDetail(
                market,
                doubts.samples(),
                doubts.kept().size(),
                longest,
                new TreeMap<>(doubts.unknownGpus()),
                Rhythm.of(settings));
    }

    /**
     * An offering that stays for sale in doubt.
     *
     * @param offeringId which
     * @param confirmedAt when a sweep last confirmed it
     */
    record InDoubt(String offeringId, Instant confirmedAt) {}

    /**
     * How a market is collected.
     *
     * @param every from one round's start to the next
     * @param debounce for how long after a change of an offering others are told of no further one; zero: they are told of each
     * @param doubtFor how long an offering stays for sale whose row makes no sense
     * @param refreshPause least time from one round's start to a forced one
     */
    record Rhythm(
            @Schema(type = "string", example = "PT30S") Duration every,
            @Schema(type = "string", example = "PT6H") Duration debounce,
            @Schema(type = "string", example = "PT5M30S") Duration doubtFor,
            @Schema(type = "string", example = "PT10S") Duration refreshPause) {

        static Rhythm of(MarketSettings settings) {
            return new Rhythm(settings.every(), settings.debounce(), settings.doubtFor(), settings.refreshPause());
        }
    }
}
