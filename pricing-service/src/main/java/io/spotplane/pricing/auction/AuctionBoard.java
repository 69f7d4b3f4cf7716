package io.spotplane.pricing.auction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Everything that is known about auctions, in this replica's memory: a mirror of the archive that is thrown away without loss. Asking it never waits.
 */
@Component
public class AuctionBoard {

    private volatile Posted posted = new Posted(0, Map.of(), Map.of());

    /** What is known of {@code offeringId}; empty when nothing is. */
    public Optional<AuctionRecord> record(String offeringId) {
        return Optional.ofNullable(posted.records().get(offeringId));
    }

    /** All looks at the offerings of {@code provider} that are kept, by offering, ascending in time. */
    public Map<String, List<Look>> looks(String provider) {
        return posted.looks().getOrDefault(provider, Map.of());
    }

    /** The prices that {@code provider} published of its auctions, by offering. */
    public Map<String, PricePath> paths(String provider) {
        return posted.records().values().stream()
                .filter(record -> record.source() == AuctionRecord.Source.AUCTION_HISTORY
                        && record.offeringId().startsWith(provider + ":"))
                .collect(Collectors.toMap(AuctionRecord::offeringId, AuctionRecord::path));
    }

    /** Changes whenever anything here does. */
    public long version() {
        return posted.version();
    }

    /** Replaces everything. */
    public void post(Map<String, AuctionRecord> records, Map<String, Map<String, List<Look>>> looksByProvider) {
        posted = new Posted(posted.version() + 1, Map.copyOf(records), Map.copyOf(looksByProvider));
    }

    private record Posted(
            long version, Map<String, AuctionRecord> records, Map<String, Map<String, List<Look>>> looks) {}
}
